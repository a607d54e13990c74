package io.pocketllm.model.prune;

import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.GoldenCase;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Golden checkpoints as whole folders, with a tokenizer of a few words. */
public final class PrunableModels {

    private static final List<String> WORDS =
            List.of(
                    "?",
                    "can",
                    "you",
                    "take",
                    "my",
                    "shift",
                    "on",
                    "sunday",
                    "night",
                    "half",
                    "price",
                    "every",
                    "sofa",
                    "until",
                    "midnight",
                    "the",
                    "history",
                    "of",
                    "train",
                    "in",
                    "pictures",
                    "will",
                    "bring",
                    "keys",
                    "to",
                    "house",
                    "free",
                    "delivery",
                    "today",
                    "tomato",
                    "garden",
                    "tools");

    private PrunableModels() {}

    /** A folder that is ready to be pruned. */
    public static Path copy(String golden, Path folder) throws Exception {
        MiniLm.prepare();
        Files.createDirectories(folder);
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.write(
                    folder.resolve(file),
                    Files.readAllBytes(GoldenCase.FOLDER.resolve(golden).resolve(file)));
        }
        tokenizer(folder);
        return folder;
    }

    /** Words by their number, whatever the model. */
    public static void tokenizer(Path folder) throws Exception {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < WORDS.size(); i++) {
            entries.add("\"" + WORDS.get(i) + "\": " + i);
        }
        Files.writeString(
                folder.resolve("tokenizer.json"),
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
                 "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "?", "vocab": {%s}}}
                """
                        .formatted(String.join(", ", entries)));
    }

    public static LanguageModel open(Path folder) throws Exception {
        return LanguageModel.open(ModelFiles.at(folder));
    }

    /** Writes what stays of a folder into another and gives it back. */
    static Path write(Path source, Path target, Removal removal) throws Exception {
        Files.createDirectories(target);
        try (LanguageModel model = open(source)) {
            PrunedFolder.write(
                    model.huggingFace().orElseThrow(), source, target, removal, share -> {});
        }
        return target;
    }
}
