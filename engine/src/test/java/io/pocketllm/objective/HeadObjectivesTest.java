package io.pocketllm.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.forward.PassWatch;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LinearHead;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.PooledText;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A head computed over frozen features is the head in the graph. */
@Timeout(60)
class HeadObjectivesTest {

    private static final int HIDDEN = 384;
    private static final int CLASSES = 3;
    private static final int RANK = 5;
    private static final double TOLERANCE = 1e-5;

    private final LanguageModel model = MiniLm.model();
    private final TokenizedSplit train = MiniLm.split(MiniLm.TEXTS);
    private final TokenizedSplit heldOut =
            MiniLm.split(List.of("Lunch at noon?", "Half price on all boots until Sunday!"));
    private final Random random = new Random(8);
    private final ParameterStore store = new ParameterStore();
    private EncoderProbe probe;

    @BeforeEach
    void allocate() {
        probe = new EncoderProbe(model, false, 2);
        fill(store.allocate(LinearHead.WEIGHT, CLASSES, HIDDEN), 1);
        fill(store.allocate(LinearHead.BIAS, CLASSES), 0.5);
    }

    @AfterEach
    void free() {
        probe.close();
        store.close();
    }

    @ParameterizedTest(name = "subspace {0}, features anew for each batch {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void theFrozenFeaturesGiveTheLossAndTheAccuracyOfTheGraph(boolean subspace, boolean anew) {
        LoraAdapter adapter = subspace ? adapter() : null;
        try (Objective graph = inGraph(adapter)) {
            // Not closed: it would close the probe's pass, which is closed after the test.
            Objective frozen = frozen(adapter, anew);

            assertAlike(frozen, graph);

            double before = frozen.loss(train.batch(0, 1, 2));
            store.tensors().forEach(tensor -> fill(tensor, 0.7));
            if (subspace) {
                // A was read once, at the start: it is frozen.
                store.get(adapter.a()).copyFrom(frozenA);
            }

            assertAlike(frozen, graph);
            assertThat(frozen.loss(train.batch(0, 1, 2)))
                    .as("the parameters' present values are used")
                    .isNotCloseTo(before, offset(1e-3));
        }
    }

    private float[] frozenA;

    private void assertAlike(Objective frozen, Objective graph) {
        for (int[] rows : new int[][] {{0, 1, 2, 3, 4}, {3}, {4, 1}}) {
            Batch batch = train.batch(rows);
            assertThat(frozen.loss(batch)).isCloseTo(graph.loss(batch), offset(TOLERANCE));
            assertThat(frozen.loss(batch)).as("asked twice").isEqualTo(frozen.loss(batch));
        }
        for (TokenizedSplit split : List.of(train, heldOut)) {
            Evaluation expected = graph.evaluate(split);
            Evaluation found = frozen.evaluate(split);
            assertThat(found.loss()).isCloseTo(expected.loss(), offset(TOLERANCE));
            assertThat(found.accuracy()).isEqualTo(expected.accuracy());
            assertThat(found.examples()).isEqualTo(expected.examples()).isEqualTo(split.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void batchesWithDroppedTokensAreReadAnew(boolean subspace) {
        LoraAdapter adapter = subspace ? adapter() : null;
        try (Objective graph = inGraph(adapter)) {
            Objective frozen = frozen(adapter, true);
            int[] all = {0, 1, 2, 3, 4};
            double whole = frozen.loss(train.batch(all));
            for (int seed = 0; seed < 3; seed++) {
                Batch batch = train.batchWithDropout(all, 0.5, seed);

                assertThat(frozen.loss(batch))
                        .isCloseTo(graph.loss(batch), offset(TOLERANCE))
                        .isNotCloseTo(whole, offset(1e-3));
            }
        }
    }

    private Objective frozen(LoraAdapter adapter, boolean anew) {
        return new FrozenFeatureObjective(
                Map.of(
                        train,
                        probe.pooled(train, p -> {}),
                        heldOut,
                        probe.pooled(heldOut, p -> {})),
                train,
                anew ? probe.handOver() : null,
                () -> {
                    throw new AssertionError("nobody asks about a text of their own");
                },
                store.get(LinearHead.WEIGHT),
                store.get(LinearHead.BIAS),
                adapter == null ? null : store.get(adapter.a()),
                adapter == null ? null : store.get(adapter.b()),
                PassWatch.NONE);
    }

    private Objective inGraph(LoraAdapter adapter) {
        OnnxGraph graph = MiniLm.graph();
        PooledText.addTo(graph, model.hiddenStates());
        LinearHead.addTo(graph, PooledText.OUTPUT, HIDDEN, CLASSES);
        String logits = adapter == null ? LinearHead.LOGITS : adapter.addTo(graph);
        graph.setOutputs(List.of(logits));
        ForwardPass pass = MiniLm.pass(graph, store.tensors());
        return new ClassHeadObjective(pass, logits, CLASSES);
    }

    /** alpha = rank: the columns of A carry their own scale. */
    private LoraAdapter adapter() {
        LoraAdapter adapter =
                new LoraAdapter(
                        "subspace",
                        PooledText.OUTPUT,
                        LinearHead.LOGITS,
                        HIDDEN,
                        CLASSES,
                        RANK,
                        RANK);
        Tensor a = store.allocate(adapter.a(), HIDDEN, RANK);
        fill(a, 1);
        frozenA = a.toArray();
        fill(store.allocate(adapter.b(), RANK, CLASSES), 1);
        return adapter;
    }

    private void fill(Tensor tensor, double scale) {
        for (long i = 0; i < tensor.elements(); i++) {
            tensor.set(i, (float) (scale * random.nextGaussian()));
        }
    }
}
