package io.pocketllm.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.data.Batch;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LinearHead;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.PooledText;
import io.pocketllm.model.Projection;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pooling, head and adapters in the default model's graph, against the same sums in Java. */
@Timeout(60)
class LoraGraphTest {

    private static final int RANK = 4;
    private static final double ALPHA = 10;
    private static final int HIDDEN = 384;

    private final LanguageModel model = MiniLm.model();
    private final Batch batch = MiniLm.split(MiniLm.TEXTS).batch(0, 1, 2, 3, 4);
    private final Random random = new Random(3);
    private ParameterStore store;

    @BeforeEach
    void allocate() {
        store = new ParameterStore();
        fill(store.allocate(LinearHead.WEIGHT, 3, HIDDEN), 0.3);
        fill(store.allocate(LinearHead.BIAS, 3), 1);
    }

    @AfterEach
    void free() {
        store.close();
    }

    @Test
    void thePooledTextIsTheMeanOfItsRealTokensAtLengthOne() {
        OnnxGraph graph = headed(MiniLm.graph());
        graph.setOutputs(List.of(model.hiddenStates(), PooledText.OUTPUT));
        try (ForwardPass pass = MiniLm.pass(graph, store.tensors())) {
            List<float[]> values =
                    pass.run(batch, List.of(model.hiddenStates(), PooledText.OUTPUT));
            float[] expected = pooled(values.get(0));

            assertThat(MiniLm.largestDifference(values.get(1), expected)).isLessThan(1e-6);
        }
    }

    private float[] pooled(float[] hidden) {
        float[] pooled = new float[batch.size() * HIDDEN];
        for (int row = 0; row < batch.size(); row++) {
            double[] mean = new double[HIDDEN];
            double squares = 0;
            for (int k = 0; k < HIDDEN; k++) {
                int tokens = 0;
                for (int t = 0; t < batch.length(); t++) {
                    if (batch.attentionMask()[row * batch.length() + t] == 1) {
                        mean[k] += hidden[(row * batch.length() + t) * HIDDEN + k];
                        tokens++;
                    }
                }
                mean[k] /= tokens;
                squares += mean[k] * mean[k];
            }
            for (int k = 0; k < HIDDEN; k++) {
                pooled[row * HIDDEN + k] = (float) (mean[k] / Math.sqrt(squares));
            }
        }
        return pooled;
    }

    @Test
    void theHeadIsTheProductWithItsRowsPlusTheBias() {
        OnnxGraph graph = headed(MiniLm.graph());
        graph.setOutputs(List.of(PooledText.OUTPUT, LinearHead.LOGITS));
        try (ForwardPass pass = MiniLm.pass(graph, store.tensors())) {
            List<float[]> values = pass.run(batch, List.of(PooledText.OUTPUT, LinearHead.LOGITS));

            float[] expected = new float[batch.size() * 3];
            for (int i = 0; i < expected.length; i++) {
                double sum = store.get(LinearHead.BIAS).get(i % 3);
                for (int k = 0; k < HIDDEN; k++) {
                    sum +=
                            values.get(0)[i / 3 * HIDDEN + k]
                                    * store.get(LinearHead.WEIGHT).get((long) i % 3 * HIDDEN + k);
                }
                expected[i] = (float) sum;
            }
            assertThat(MiniLm.largestDifference(values.get(1), expected)).isLessThan(1e-5);
        }
    }

    @Test
    void anAdapterWhoseBIsZeroLeavesTheLogitsAsTheyAre() {
        float[] without = logits(headed(MiniLm.graph()));
        OnnxGraph graph = MiniLm.graph();
        for (Projection projection : Projection.queriesAndValues(graph, model.weights())) {
            LoraAdapter adapter = adapter(projection);
            adapter.addTo(graph);
            fill(store.allocate(adapter.a(), HIDDEN, RANK), 1);
            store.allocate(adapter.b(), RANK, HIDDEN);
        }

        assertThat(MiniLm.largestDifference(logits(headed(graph)), without)).isLessThan(1e-5);
    }

    @Test
    void anAdapterAddsItsScaledProductToTheProjection() {
        OnnxGraph graph = MiniLm.graph();
        Projection projection = Projection.queriesAndValues(graph, model.weights()).get(3);
        LoraAdapter adapter = adapter(projection);
        String adapted = adapter.addTo(graph);
        Tensor a = store.allocate(adapter.a(), HIDDEN, RANK);
        Tensor b = store.allocate(adapter.b(), RANK, HIDDEN);
        fill(a, 0.1);
        fill(b, 0.1);
        List<String> outputs = List.of(projection.input(), projection.output(), adapted);
        graph.setOutputs(outputs);

        try (ForwardPass pass = MiniLm.pass(graph, store.tensors())) {
            List<float[]> values = pass.run(batch, outputs);
            float[] x = values.get(0);
            float[] w = model.weights().get(projection.weight()).toArray();
            float[] plain = times(x, w, HIDDEN);
            float[] low = times(times(x, a.toArray(), RANK), b.toArray(), HIDDEN);
            float[] expected = new float[plain.length];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = (float) (plain[i] + ALPHA / RANK * low[i]);
            }

            assertThat(MiniLm.largestDifference(values.get(1), plain)).isLessThan(2e-5);
            assertThat(MiniLm.largestDifference(values.get(2), expected)).isLessThan(2e-5);
            assertThat(MiniLm.largestDifference(expected, plain)).isGreaterThan(0.1);
        }
    }

    @Test
    void whatIsBehindAnAdapterReadsTheAdaptedValue() {
        float[] without = logits(headed(MiniLm.graph()));
        OnnxGraph graph = MiniLm.graph();
        LoraAdapter adapter = adapter(Projection.queriesAndValues(graph, model.weights()).get(3));
        adapter.addTo(graph);
        fill(store.allocate(adapter.a(), HIDDEN, RANK), 0.1);
        fill(store.allocate(adapter.b(), RANK, HIDDEN), 0.1);

        assertThat(MiniLm.largestDifference(logits(headed(graph)), without)).isGreaterThan(1e-3);
    }

    @Test
    void paddingDoesNotChangeATextsLogits() {
        OnnxGraph graph = headed(MiniLm.graph());
        graph.setOutputs(List.of(LinearHead.LOGITS));
        var split = MiniLm.split(MiniLm.TEXTS);
        try (ForwardPass pass = MiniLm.pass(graph, store.tensors())) {
            float[] together = pass.run(batch, LinearHead.LOGITS);
            for (int row = 0; row < batch.size(); row++) {
                float[] alone = pass.run(split.batch(row), LinearHead.LOGITS);
                float[] found = java.util.Arrays.copyOfRange(together, 3 * row, 3 * row + 3);

                assertThat(MiniLm.largestDifference(found, alone)).isLessThan(1e-5);
            }
        }
    }

    private OnnxGraph headed(OnnxGraph graph) {
        PooledText.addTo(graph, model.hiddenStates());
        LinearHead.addTo(graph, PooledText.OUTPUT, HIDDEN, 3);
        return graph;
    }

    private float[] logits(OnnxGraph graph) {
        graph.setOutputs(List.of(LinearHead.LOGITS));
        try (ForwardPass pass = MiniLm.pass(graph, store.tensors())) {
            return pass.run(batch, LinearHead.LOGITS);
        }
    }

    private static LoraAdapter adapter(Projection p) {
        return new LoraAdapter(
                p.name(), p.input(), p.output(), p.inSize(), p.outSize(), RANK, ALPHA);
    }

    /** Rows of x times a matrix with so many columns, in double precision. */
    private static float[] times(float[] x, float[] matrix, int columns) {
        int inner = matrix.length / columns;
        float[] product = new float[x.length / inner * columns];
        for (int i = 0; i < product.length; i++) {
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += (double) x[i / columns * inner + k] * matrix[k * columns + i % columns];
            }
            product[i] = (float) sum;
        }
        return product;
    }

    private void fill(Tensor tensor, double scale) {
        for (long i = 0; i < tensor.elements(); i++) {
            tensor.set(i, (float) (scale * random.nextGaussian()));
        }
    }
}
