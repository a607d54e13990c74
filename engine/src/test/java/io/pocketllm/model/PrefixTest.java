package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and values in front of every layer's own. */
@Timeout(60)
class PrefixTest {

    private static final int PREFIX = 3;

    /** The first row of the golden batch has twelve real tokens. */
    private static final int LENGTH = 12;

    @ParameterizedTest
    @CsvSource({"gpt2-tiny", "llama-tiny", "llama3-tiny", "qwen2-tiny"})
    void aPrefixTakenFromATextsFirstTokensStandsForThem(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name);
                ParameterStore store = new ParameterStore()) {
            long[] ids = Arrays.copyOf(golden.input("input_ids"), LENGTH);
            List<float[]> whole = states(golden, ids, 0, GraphOptions.PLAIN, List.of());
            int size = fill(store, golden.model(), whole, PREFIX);

            List<float[]> rest =
                    states(
                            golden,
                            Arrays.copyOfRange(ids, PREFIX, LENGTH),
                            PREFIX,
                            GraphOptions.PLAIN.withPrefixTokens(PREFIX),
                            store.tensors());

            int hidden = golden.model().hiddenSize();
            float[] expected =
                    Arrays.copyOfRange(whole.getFirst(), PREFIX * hidden, LENGTH * hidden);
            assertThat(MiniLm.largestDifference(rest.getFirst(), expected)).isLessThan(4e-5);
            assertThat(size).isEqualTo(keyValueSize(golden.model()));
        }
    }

    @ParameterizedTest
    @CsvSource({"bert-tiny, 12", "roberta-tiny, 12", "distilbert-tiny, 12", "opt-tiny, 1"})
    void aTextThatIsItsOwnPrefixIsReadAsWithoutOne(String name, int length) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name);
                ParameterStore store = new ParameterStore()) {
            long[] ids = Arrays.copyOf(golden.input("input_ids"), length);
            List<float[]> plain = states(golden, ids, 0, GraphOptions.PLAIN, List.of());
            fill(store, golden.model(), plain, length);
            GraphOptions options = GraphOptions.PLAIN.withPrefixTokens(length);

            List<float[]> twice = states(golden, ids, 0, options, store.tensors());

            assertThat(MiniLm.largestDifference(twice.getFirst(), plain.getFirst()))
                    .isLessThan(4e-5);

            Tensor first = store.get("prefix.layers.0.value");
            first.set(0, first.get(0) + 1);
            List<float[]> changed = states(golden, ids, 0, options, store.tensors());
            assertThat(MiniLm.largestDifference(changed.getFirst(), plain.getFirst()))
                    .as("the prefix is seen")
                    .isGreaterThan(1e-3);
        }
    }

    @ParameterizedTest
    @CsvSource({"bert-tiny", "opt-tiny", "llama-tied-tiny"})
    void everyTextOfABatchSeesThePrefixAndNoPadding(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name);
                ParameterStore store = new ParameterStore()) {
            GraphOptions options = GraphOptions.PLAIN.withPrefixTokens(2);
            ForwardGraph forward = golden.model().graph(options);
            for (String input : forward.prefixInputs()) {
                Tensor tensor = store.allocate(input, 2, keyValueSize(golden.model()));
                for (int i = 0; i < tensor.elements(); i++) {
                    tensor.set(i, (float) Math.sin(i + input.hashCode()));
                }
            }
            List<Tensor> weights = new ArrayList<>(golden.model().weights().values());
            weights.addAll(store.tensors());
            String hidden = forward.hiddenStates();
            forward.graph().setOutputs(List.of(hidden));
            try (ForwardPass pass = new ForwardPass(forward.graph(), weights, 1)) {
                Batch together =
                        batch(golden.input("input_ids"), golden.input("attention_mask"), 3);
                float[] all = pass.run(together, hidden);
                int width = all.length / 3;
                int[] lengths = {12, 9, 5};
                for (int row = 0; row < 3; row++) {
                    long[] ids =
                            Arrays.copyOfRange(
                                    together.inputIds(), 12 * row, 12 * row + lengths[row]);
                    float[] alone = pass.run(batch(ids, ones(ids.length), 1), hidden);
                    float[] found =
                            Arrays.copyOfRange(all, width * row, width * row + alone.length);
                    assertThat(MiniLm.largestDifference(found, alone)).isLessThan(4e-5);
                }
            }
        }
    }

    @Test
    void anOnnxFilesGraphTakesNone() {
        assertThat(MiniLm.model().info().takesPrefix()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MiniLm.model().graph(GraphOptions.PLAIN.withPrefixTokens(1)))
                .withMessageContaining("takes no prefix");
    }

    /** Hidden states, then each layer's keys and values, of one text. */
    private static List<float[]> states(
            GoldenCase golden,
            long[] ids,
            long firstPosition,
            GraphOptions options,
            Iterable<Tensor> prefix)
            throws Exception {
        ForwardGraph forward = golden.model().graph(options);
        List<String> outputs = new ArrayList<>(List.of(forward.hiddenStates()));
        forward.keyValues()
                .forEach(
                        kv -> {
                            outputs.add(kv.key());
                            outputs.add(kv.value());
                        });
        List<Tensor> weights = new ArrayList<>(golden.model().weights().values());
        prefix.forEach(weights::add);
        return golden.runOne(
                forward.graph(),
                weights,
                ids.length,
                Map.of(
                        "input_ids",
                        ids,
                        "attention_mask",
                        ones(ids.length),
                        "token_type_ids",
                        new long[ids.length],
                        "position_ids",
                        LongStream.range(firstPosition, firstPosition + ids.length).toArray()),
                outputs);
    }

    /** The first rows of each layer's keys and values become its prefix. */
    private static int fill(
            ParameterStore store, LanguageModel model, List<float[]> states, int rows) {
        List<String> names = model.graph(GraphOptions.PLAIN.withPrefixTokens(rows)).prefixInputs();
        assertThat(names).hasSize(2 * model.info().layers());
        int size = keyValueSize(model);
        for (int i = 0; i < names.size(); i++) {
            store.allocate(names.get(i), rows, size)
                    .copyFrom(Arrays.copyOf(states.get(i + 1), rows * size));
        }
        return size;
    }

    private static int keyValueSize(LanguageModel model) {
        return model.info().keyValueHeads() * model.info().headSize();
    }

    private static Batch batch(long[] ids, long[] mask, int rows) {
        return new Batch(ids, mask, new int[rows], new int[rows], rows, ids.length / rows);
    }

    private static long[] ones(int length) {
        long[] ones = new long[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
