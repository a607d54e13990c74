package io.pocketllm.model.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.Projection;
import io.pocketllm.model.PruningMasks;
import io.pocketllm.model.architecture.LayerStructure;
import io.pocketllm.model.architecture.RandomCheckpoint;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pruned folder, opened again, computes what the whole model does without the part. */
@Timeout(60)
class PrunedForwardTest {

    private static final double NEAR = 1e-5;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-tiny",
                "roberta-tiny",
                "distilbert-tiny",
                "gpt2-tiny",
                "opt-tiny",
                "opt-postnorm-tiny"
            })
    void withoutHeadsItGivesWhatTheWholeOneDoesWithTheirOutputsZeroed(String name)
            throws Exception {
        Path whole = PrunableModels.copy(name, folder.resolve("whole"));
        Map<Integer, Set<Integer>> gone = Map.of(0, Set.of(1), 1, Set.of(0, 2));
        Path pruned =
                PrunableModels.write(
                        whole, folder.resolve("pruned"), Removal.of(0, Set.of(), gone));

        try (LanguageModel before = PrunableModels.open(whole);
                LanguageModel after = PrunableModels.open(pruned);
                ParameterStore store = new ParameterStore()) {
            float[] expected = states(before, GraphOptions.PLAIN, zeroed(before, gone, store));
            float[] found = states(after, GraphOptions.PLAIN, after.weights().values());

            assertThat(MiniLm.largestDifference(found, expected)).isLessThan(NEAR);
            assertThat(MiniLm.largestDifference(masked(before, Set.of(), gone), expected))
                    .isLessThan(NEAR);
            assertThat(MiniLm.largestDifference(plain(before), expected))
                    .as("heads matter")
                    .isGreaterThan(100 * NEAR);
            assertThat(after.parameters()).isLessThan(before.parameters());
            int heads = before.info().heads();
            assertThat(after.info().headsByLayer()).startsWith(heads - 1, heads - 2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-tiny",
                "roberta-tiny",
                "distilbert-tiny",
                "gpt2-tiny",
                "opt-tiny",
                "opt-postnorm-tiny",
                "llama-tiny",
                "llama-tied-tiny",
                "qwen2-tiny"
            })
    void withoutALayerItGivesWhatTheWholeOneDoesWithTheLayerLeftOut(String name) throws Exception {
        Path whole = PrunableModels.copy(name, folder.resolve("whole"));

        requireSameWithoutTheFirstLayer(whole);
    }

    /** MobileLLM-LS passes each layer twice. */
    @Test
    void aLayerThatIsUsedTwiceGoesTwice() throws Exception {
        MiniLm.prepare();
        Path whole = folder.resolve("whole");
        RandomCheckpoint.write(whole, "mobilellm-tiny", DType.F32, 1);
        PrunableModels.tokenizer(whole);

        requireSameWithoutTheFirstLayer(whole);
    }

    private void requireSameWithoutTheFirstLayer(Path whole) throws Exception {
        Path pruned =
                PrunableModels.write(
                        whole, folder.resolve("pruned"), Removal.of(0, Set.of(0), Map.of()));

        try (LanguageModel before = PrunableModels.open(whole);
                LanguageModel after = PrunableModels.open(pruned)) {
            LayerStructure structure = before.huggingFace().orElseThrow().structure();
            float[] expected = masked(before, Set.of(0), Map.of());

            assertThat(MiniLm.largestDifference(plain(after), expected)).isLessThan(NEAR);
            assertThat(MiniLm.largestDifference(plain(before), expected)).isGreaterThan(10 * NEAR);
            assertThat(after.layers()).isEqualTo((structure.storedLayers() - 1) * structure.uses());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tiny", "gpt2-tiny", "llama-tiny"})
    void withNothingMaskedTheGraphGivesTheSameBits(String name) throws Exception {
        try (LanguageModel model =
                PrunableModels.open(PrunableModels.copy(name, folder.resolve("whole")))) {
            assertThat(masked(model, Set.of(), Map.of())).isEqualTo(plain(model));
        }
    }

    /** Twice pruned, heads keep the numbers they had at first and layers get new ones. */
    @Test
    void aPrunedFolderCanBePrunedAgain() throws Exception {
        Path whole = PrunableModels.copy("opt-tiny", folder.resolve("whole"));
        Path once =
                PrunableModels.write(
                        whole,
                        folder.resolve("once"),
                        Removal.of(0, Set.of(), Map.of(0, Set.of(3), 2, Set.of(0))));
        Path twice =
                PrunableModels.write(
                        once,
                        folder.resolve("twice"),
                        Removal.of(0, Set.of(0), Map.of(2, Set.of(2))));

        try (LanguageModel before = PrunableModels.open(whole);
                LanguageModel after = PrunableModels.open(twice)) {
            assertThat(after.huggingFace().orElseThrow().structure().heads())
                    .containsExactly(List.of(0, 1, 2, 3), List.of(1, 3));
            assertThat(
                            MiniLm.largestDifference(
                                    plain(after),
                                    masked(before, Set.of(0), Map.of(2, Set.of(0, 2)))))
                    .isLessThan(NEAR);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT8", "INT8_BLOCK", "INT4"})
    void aQuantisedBaseReadsLayersOfDifferentSizes(BaseFormat format) throws Exception {
        Path whole = PrunableModels.copy("bert-tiny", folder.resolve("whole"));
        Path pruned =
                PrunableModels.write(
                        whole,
                        folder.resolve("pruned"),
                        Removal.of(0.3, Set.of(), Map.of(0, Set.of(1), 1, Set.of(0, 3))));

        try (LanguageModel model = PrunableModels.open(pruned);
                BaseWeights base = model.base(new BaseSpec(format, 32), folder.resolve("cache"))) {
            float[] expected = plain(model);
            float[] found = states(model, GraphOptions.PLAIN.withBase(base), base.fed());

            double bound = format == BaseFormat.INT4 ? 0.35 : 0.05;
            assertThat(relative(found, expected)).isBetween(1e-6, bound);
        }
    }

    @Test
    void prefixesAndAdaptersHaveTheSizesOfTheirLayers() throws Exception {
        Path whole = PrunableModels.copy("bert-tiny", folder.resolve("whole"));
        Path pruned =
                PrunableModels.write(
                        whole,
                        folder.resolve("pruned"),
                        Removal.of(0, Set.of(), Map.of(1, Set.of(0, 3))));

        try (LanguageModel model = PrunableModels.open(pruned);
                ParameterStore store = new ParameterStore()) {
            ForwardGraph forward = model.graph(GraphOptions.PLAIN.withPrefixTokens(2));
            for (int layer = 0; layer < 2; layer++) {
                for (String part : List.of("key", "value")) {
                    // Heads have 12 numbers: four of them, and two.
                    store.allocate("prefix.layers." + layer + "." + part, 2, layer == 0 ? 48 : 24);
                }
            }
            long adapted = 0;
            for (Projection p : Projection.queriesAndValues(forward.projections())) {
                LoraAdapter adapter =
                        new LoraAdapter(
                                p.name(), p.input(), p.output(), p.inSize(), p.outSize(), 4, 4);
                adapter.addTo(forward.graph());
                store.allocate(adapter.a(), p.inSize(), 4);
                store.allocate(adapter.b(), 4, p.outSize());
                adapted += 4L * (p.inSize() + p.outSize());
            }
            List<Tensor> fed = new ArrayList<>(model.weights().values());
            fed.addAll(store.tensors());

            assertThat(run(forward, fed)).doesNotContain(Float.NaN);
            // Query and value of two layers read 48 numbers each; they give 48 and 24.
            assertThat(adapted).isEqualTo(4L * (4 * 48 + 2 * 48 + 2 * 24));
        }
    }

    private static float[] plain(LanguageModel model) {
        return states(model, GraphOptions.PLAIN, model.weights().values());
    }

    private static float[] masked(
            LanguageModel model, Set<Integer> layers, Map<Integer, Set<Integer>> heads) {
        LayerStructure structure = model.huggingFace().orElseThrow().structure();
        try (ParameterStore masks = new ParameterStore()) {
            for (int i = 0; i < structure.storedLayers() * structure.uses(); i++) {
                int layer = i / structure.uses();
                masks.allocate(PruningMasks.layer(i), 1).set(0, layers.contains(layer) ? 0 : 1);
                int size = structure.headSize();
                List<Integer> there = structure.heads().get(layer);
                Tensor mask = masks.allocate(PruningMasks.heads(i), (long) there.size() * size);
                for (int k = 0; k < mask.elements(); k++) {
                    boolean gone =
                            heads.getOrDefault(layer, Set.of()).contains(there.get(k / size));
                    mask.set(k, gone ? 0 : 1);
                }
            }
            List<Tensor> fed = new ArrayList<>(model.weights().values());
            fed.addAll(masks.tensors());
            return states(model, GraphOptions.PLAIN.withMasks(), fed);
        }
    }

    /** The slow way: what output layers make of the heads' numbers is nothing. */
    private static Collection<Tensor> zeroed(
            LanguageModel model, Map<Integer, Set<Integer>> heads, ParameterStore store) {
        int size = model.info().headSize();
        int layer = 0;
        for (Projection p : model.graph().projections()) {
            if (p.kind() != Projection.Kind.OUTPUT) {
                continue;
            }
            Tensor copy = store.copyOf(model.weights().get(p.weight()));
            for (int in = 0; in < p.inSize(); in++) {
                boolean gone = heads.getOrDefault(layer, Set.of()).contains(in / size);
                for (int out = 0; gone && out < p.outSize(); out++) {
                    copy.set(
                            p.outputsFirst()
                                    ? (long) out * p.inSize() + in
                                    : (long) in * p.outSize() + out,
                            0);
                }
            }
            layer++;
        }
        for (Tensor weight : model.weights().values()) {
            if (store.tensors().stream().noneMatch(t -> t.name().equals(weight.name()))) {
                store.copyOf(weight);
            }
        }
        return store.tensors();
    }

    private static float[] states(
            LanguageModel model, GraphOptions options, Collection<Tensor> weights) {
        boolean widened =
                options.base().isEmpty() && weights.stream().allMatch(t -> t.dtype() == DType.F32);
        ForwardGraph forward = model.graph(widened ? options.withFp32(n -> true) : options);
        return run(forward, weights);
    }

    private static float[] run(ForwardGraph forward, Collection<Tensor> weights) {
        forward.graph().setOutputs(List.of(forward.hiddenStates()));
        Random random = new Random(3);
        long[] ids = random.longs(3 * 7, 0, 100).toArray();
        long[] mask = new long[ids.length];
        java.util.Arrays.setAll(mask, i -> i >= 14 && i % 7 > 4 ? 0 : 1);
        Batch batch = new Batch(ids, mask, new int[3], new int[3], 3, 7);
        try (ForwardPass pass = new ForwardPass(forward.graph(), weights, 1)) {
            float[] states = pass.run(batch, forward.hiddenStates());
            // What stands where the text has ended nobody reads.
            int row = states.length / ids.length;
            for (int i = 0; i < states.length; i++) {
                states[i] = mask[i / row] == 1 ? states[i] : 0;
            }
            return states;
        }
    }

    private static double relative(float[] found, float[] expected) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < found.length; i++) {
            difference += Math.pow(found[i] - (double) expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / length);
    }
}
