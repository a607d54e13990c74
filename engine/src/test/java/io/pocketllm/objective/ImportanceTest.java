package io.pocketllm.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.data.Example;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.prune.PrunableModels;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is worth nothing is found by forward passes. */
@Timeout(60)
class ImportanceTest {

    @TempDir private Path folder;

    @BeforeEach
    void prepare() throws Exception {
        PrunableModels.copy("opt-tiny", folder);
    }

    /** Changes weights of the folder in place; (tensor, flat index) to change. */
    private void change(BiConsumer<Tensor, Integer> change) throws Exception {
        Path file = folder.resolve("model.safetensors");
        try (ParameterStore store = new ParameterStore();
                SafetensorsFile old = SafetensorsFile.open(file)) {
            for (Tensor tensor : old.tensors().values()) {
                Tensor copy = store.copyOf(tensor);
                for (int i = 0; i < copy.elements(); i++) {
                    change.accept(copy, i);
                }
            }
            SafetensorsWriter.write(folder.resolve("new"), store.tensors(), Map.of());
        }
        Files.move(folder.resolve("new"), file, StandardCopyOption.REPLACE_EXISTING);
    }

    private TokenizedSplit split(int classes) throws Exception {
        List<String> texts =
                List.of(
                        "can you take my shift on sunday",
                        "half price every sofa",
                        "the history of the night train in pictures",
                        "free delivery today");
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            examples.add(new Example(texts.get(i), i % classes));
        }
        try (TextTokenizer tokenizer = TextTokenizer.open(folder.resolve("tokenizer.json"), 16)) {
            return new TokenizedSplit(examples, tokenizer);
        }
    }

    @Test
    void aHeadWhoseOutputIsIgnoredIsTheLeastImportant() throws Exception {
        // Head 2 of layer 1: eight of 32 columns of the output projection.
        change(
                (tensor, i) -> {
                    boolean output =
                            tensor.name()
                                    .equals("model.decoder.layers.1.self_attn.out_proj.weight");
                    if (output && i % 32 / 8 == 2) {
                        tensor.set(i, 0);
                    }
                });
        try (LanguageModel model = PrunableModels.open(folder);
                MaskedEncoder encoder = new MaskedEncoder(BaseModel.stored(model, 1))) {
            PruningLoss loss = PruningLoss.HiddenStates.of(split(1), encoder);

            List<Importance.Head> all = new Importance(encoder, loss).heads(Set.of(), p -> {});

            assertThat(all).hasSize(12);
            Importance.Head least = Importance.least(all, 1).getFirst();
            assertThat(least.layer()).isEqualTo(1);
            assertThat(least.head()).isEqualTo(2);
            assertThat(least.rise()).isZero();
            assertThat(all).filteredOn(head -> head.rise() > 1e-4).hasSize(11);
            assertThat(loss.of(encoder).loss()).as("all put back").isZero();
        }
    }

    @Test
    void aLayerThatAddsNothingGoesFirstAndTheOthersAreMeasuredWithoutIt() throws Exception {
        change(
                (tensor, i) -> {
                    boolean adds =
                            tensor.name().startsWith("model.decoder.layers.1.self_attn.out_proj.")
                                    || tensor.name().startsWith("model.decoder.layers.1.fc2.");
                    if (adds) {
                        tensor.set(i, 0);
                    }
                });
        try (LanguageModel model = PrunableModels.open(folder);
                MaskedEncoder encoder = new MaskedEncoder(BaseModel.stored(model, 1))) {
            PruningLoss loss = PruningLoss.HiddenStates.of(split(1), encoder);
            List<Importance.Layer> first = new ArrayList<>();

            List<Importance.Layer> gone =
                    new Importance(encoder, loss).removeLayers(2, first, p -> {});

            assertThat(first).extracting(Importance.Layer::layer).containsExactly(0, 1, 2);
            assertThat(gone.getFirst()).isEqualTo(new Importance.Layer(1, 0));
            assertThat(gone).hasSize(2);
            assertThat(loss.of(encoder).loss()).isEqualTo(gone.get(1).rise());
        }
    }

    /** A loss can fall when a head goes, and then the head is the first to go. */
    @Test
    void withLabelsImportanceIsTheRiseOfTheZeroShotLoss() throws Exception {
        try (LanguageModel model = PrunableModels.open(folder);
                MaskedEncoder encoder = new MaskedEncoder(BaseModel.stored(model, 1))) {
            TokenizedSplit texts = split(2);
            TokenizedSplit descriptions;
            try (TextTokenizer tokenizer =
                    TextTokenizer.open(folder.resolve("tokenizer.json"), 16)) {
                descriptions =
                        new TokenizedSplit(
                                List.of(new Example("you", 0), new Example("price", 0)), tokenizer);
            }
            PruningLoss loss = new PruningLoss.ZeroShot(texts, descriptions, 10);
            double whole = loss.of(encoder).loss();

            List<Importance.Head> all = new Importance(encoder, loss).heads(Set.of(2), p -> {});

            assertThat(all).hasSize(8);
            for (Importance.Head head : all) {
                encoder.head(head.layer(), head.head(), false);
                assertThat(head.rise()).isEqualTo(loss.of(encoder).loss() - whole);
                encoder.head(head.layer(), head.head(), true);
            }
            assertThat(loss.of(encoder).accuracy()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void everyLayerKeepsAHead() {
        List<Importance.Head> measured =
                List.of(
                        new Importance.Head(0, 0, 0.1),
                        new Importance.Head(0, 1, 0.2),
                        new Importance.Head(1, 0, 5),
                        new Importance.Head(1, 1, 7),
                        new Importance.Head(1, 2, Double.POSITIVE_INFINITY));

        assertThat(Importance.least(measured, 3))
                .extracting(Importance.Head::rise)
                .containsExactly(0.1, 5.0, 7.0);
    }
}
