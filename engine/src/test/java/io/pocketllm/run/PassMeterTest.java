package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.data.Batch;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.OperationWork;
import io.pocketllm.device.Precision;
import io.pocketllm.device.StepWork;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.forward.PassWatch;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The work of a step is that of the passes it really makes. */
@Timeout(120)
class PassMeterTest {

    @TempDir private Path folder;

    private final PassMeter meter = new PassMeter(Path.of("target/test-cache/tmp"));

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    private TrainingTask task(RunFile file) throws Exception {
        return new TaskBuilder(file, 1, (p, f) -> {}, meter).build(MiniLm.CACHE);
    }

    private StepWork workOfALoss(TrainingTask task, int examples) {
        Batch batch = task.trainBatch(IntStream.range(0, examples).toArray(), 0, 1, 1);
        meter.take();
        task.objective().loss(batch);
        return meter.take();
    }

    @Test
    void aHeadOverFeaturesThatWereReadBeforeAsksForNoPass() throws Exception {
        try (TrainingTask task = task(SmallInbox.run(folder, "head", 1))) {
            assertThat(meter.take().flops(OperationKind.MATMUL))
                    .as("reading the features did")
                    .isGreaterThan(1e9);

            StepWork work = workOfALoss(task, 4);

            assertThat(work.flops(OperationKind.MATMUL)).isZero();
            assertThat(work.flops()).isEqualTo(2.0 * 4 * 384 * 3);
        }
    }

    /** MiniLM's products: 12 · 384² weights a layer, six layers, and the class head. */
    @Test
    void aPassCountsWhatItsShapeAsksFor() throws Exception {
        try (TrainingTask task = task(SmallInbox.run(folder, "lora", 1))) {
            Batch batch = task.trainBatch(IntStream.range(0, 8).toArray(), 0, 1, 1);
            double tokens = batch.size() * (double) batch.length();

            StepWork one = workOfALoss(task, 8);

            assertThat(one.flops(OperationKind.MATMUL))
                    .isCloseTo(2 * 6 * 12 * 384 * 384 * tokens, within(0.03 * one.flops()));
            meter.take();
            task.objective().loss(batch);
            task.objective().loss(batch);
            assertThat(meter.take().flops()).isCloseTo(2 * one.flops(), within(1.0));
            assertThat(meter.take()).isEqualTo(StepWork.NONE);
        }
    }

    @Test
    void piecesOfABatchPackTheWeightsOnceMoreEach() throws Exception {
        RunFile whole = SmallInbox.run(folder, "lora", 1);
        StepWork once;
        try (TrainingTask task = task(whole)) {
            once = workOfALoss(task, 4);
        }
        try (TrainingTask task = task(whole.with("training.microBatch", "2"))) {
            StepWork twice = workOfALoss(task, 4);

            assertThat(twice.flops(OperationKind.MATMUL))
                    .isCloseTo(once.flops(OperationKind.MATMUL), within(1.0));
            assertThat(bytes(twice, OperationKind.PACKING))
                    .isCloseTo(2 * bytes(once, OperationKind.PACKING), within(1.0));
            assertThat(twice.calls()).isEqualTo(2 * once.calls());
        }
    }

    private static double bytes(StepWork work, OperationKind kind) {
        return work.operations().stream()
                .filter(o -> o.kind() == kind)
                .mapToDouble(OperationWork::bytes)
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "roberta-tiny, label-word, int8,       INT8",
        "roberta-tiny, label-word, int4,       INT4",
        "opt-tiny,     answer,     int8-block, INT8_BLOCK",
        "llama-tiny,   answer,     int4,       INT4",
        "bert-tiny,       label-word, stored, FP32",
        "distilbert-tiny, label-word, stored, FP32",
        "gpt2-tiny,       answer,     stored, FP32",
        "opt-tiny,        answer,     stored, FP32",
        "mobilellm-tiny,  answer,     stored, FP32",
        "qwen2-tiny,      answer,     stored, FP32",
    })
    void everyArchitectureIsUnderstoodAndEveryBaseCountedInItsOwnPrecision(
            String shape, String objective, String base, Precision precision) throws Exception {
        RunFile file =
                PromptTrainingTest.file(
                                folder,
                                shape,
                                DType.F32,
                                objective.equals("answer")
                                        ? PromptTrainingTest.ANSWER
                                        : PromptTrainingTest.MASKED)
                        .with(
                                Map.of(
                                        "model.base", base,
                                        "model.blockSize", "32",
                                        "method.space", "lora"));
        try (TrainingTask task = new TaskBuilder(file, 1, (p, f) -> {}, meter).build(folder)) {
            StepWork work = workOfALoss(task, 2);

            assertThat(meter.takeProblem()).isEmpty();
            assertThat(work.operations())
                    .filteredOn(o -> o.kind() == OperationKind.MATMUL)
                    .extracting(OperationWork::precision)
                    .contains(precision);
        }
    }

    /** What cannot be counted is estimated from the weights, and said. */
    @Test
    void aGraphWithAnOddProductIsEstimated() {
        OnnxGraph graph = new OnnxGraph();
        graph.addDataInput("x", "batch", "tokens");
        graph.addWeight("w", DType.F32, 5);
        String floats = graph.cast("floats", "x", DType.F32);
        graph.setOutputs(List.of(graph.add("MatMul", "y", List.of(floats, "w"))));
        PassWatch.Listener listener = meter.of(graph);

        listener.ran(3, 5, 0);

        assertThat(meter.take().flops()).isEqualTo(2.0 * 5 * 3 * 5);
        assertThat(meter.takeProblem()).hasValueSatisfying(p -> assertThat(p).contains("vector"));
        assertThat(meter.takeProblem()).isEmpty();
    }
}
