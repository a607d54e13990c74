package io.pocketllm.hostile;

import static io.pocketllm.hostile.Opener.TOKENIZER;

import java.util.stream.Stream;

/** Damaged and hostile tokenizers. */
final class TokenizerCases {

    private TokenizerCases() {}

    static Stream<HostileCase> all() {
        return Stream.of(
                json("empty", "", "tokenizer.json"),
                json("no JSON", "tokens", "tokenizer.json"),
                json("a list", "[]", "tokenizer.json"),
                json("JSON, but no tokenizer", "{\"model_type\":\"bert\"}", "tokenizer.json"),
                json("nested 100,000 deep", "{\"model\":" + "[".repeat(100_000), "tokenizer.json"),
                HostileCase.sparse("1 GB", TOKENIZER, "tokenizer.json", 1L << 30, "larger than"),
                new HostileCase(
                        "missing",
                        TOKENIZER,
                        folder -> folder.resolve("tokenizer.json"),
                        "no such"),
                new HostileCase("a folder", TOKENIZER, folder -> folder, "no plain file"));
    }

    private static HostileCase json(String name, String text, String problem) {
        return HostileCase.of(name, TOKENIZER, "tokenizer.json", text.getBytes(), problem);
    }
}
