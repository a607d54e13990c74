package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.BranchedLoss;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.StepResult;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training over a quantised base, and in pieces of a batch. */
@Timeout(120)
class BaseTrainingTest {

    @TempDir private Path folder;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    private RunFile file(String shape, DType dtype, String objective, Map<String, String> changes)
            throws Exception {
        boolean answer = objective.equals("answer");
        return PromptTrainingTest.file(
                        folder,
                        shape,
                        dtype,
                        answer ? PromptTrainingTest.ANSWER : PromptTrainingTest.MASKED)
                .with(changes);
    }

    private static TrainingTask task(RunFile file, Path cache) throws Exception {
        return new TaskBuilder(file, 1, (p, f) -> {}).build(cache);
    }

    @ParameterizedTest
    @CsvSource({
        "roberta-tiny, F32,  label-word, int8,       lora,   0.03",
        "roberta-tiny, F16,  label-word, int4,       bitfit, 0.03",
        "opt-tiny,     F32,  answer,     int4,       prefix, 0.3",
        "llama-tiny,   BF16, answer,     int8-block, lora-b, 0.03",
        "roberta-tiny, F32,  label-word, int4,       scales, 0.001",
        "opt-tiny,     F32,  answer,     int8-block, scales, 0.0001",
    })
    void aHandfulOfTextsIsLearntOverAQuantisedBase(
            String shape,
            DType dtype,
            String objective,
            String base,
            String space,
            String learningRate)
            throws Exception {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("model.base", base);
        changes.put("model.blockSize", "32");
        changes.put("method.space", space);
        changes.put("method.learningRate", learningRate);
        changes.put("method.perturbationScale", space.equals("scales") ? "0.0001" : "0.001");
        changes.put("method.directions", "4");
        changes.put("method.update", "adam");
        changes.put("method.branches", "in-place");
        changes.put("method.loraAlpha", "64");
        RunFile file = file(shape, dtype, objective, changes);
        try (TrainingTask task = task(file, folder);
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(task.trainable(), file.spec().method(), 3, 1)) {
            Batch batch = task.trainBatch(IntStream.range(0, 4).toArray(), 0, 3, 1);
            double before = task.objective().loss(batch);
            for (int step = 1; step <= 60; step++) {
                StepResult result = optimizer.step(step, () -> task.objective().loss(batch));
                assertThat(result.isFinite()).isTrue();
            }

            assertThat(task.objective().loss(batch)).isLessThan(before - 0.01);
            for (Tensor tensor : task.trainable().tensors()) {
                if (MethodSpec.isScales(tensor.name())) {
                    assertThat(tensor.toArray()).doesNotContain(Float.NaN);
                    assertThat(IntStream.range(0, (int) tensor.elements()))
                            .allMatch(i -> tensor.get(i) >= 0);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "roberta-tiny, label-word, lora,   smallest",
        "opt-tiny,     answer,     lora-b, balanced",
        "llama-tiny,   answer,     full,   fast",
    })
    void aBatchInPiecesHasTheLossOfTheWholeBatch(
            String shape, String objective, String space, String profile) throws Exception {
        RunFile whole = file(shape, DType.F32, objective, Map.of("method.space", space));
        RunFile pieces =
                whole.with(
                        Map.of(
                                "training.microBatch",
                                "3",
                                "training.memoryProfile",
                                profile,
                                "method.learningRate",
                                "0.01"));
        try (TrainingTask one = task(whole, folder);
                TrainingTask many = task(pieces, folder)) {
            Batch batch = one.trainBatch(IntStream.range(0, 4).toArray(), 0, 3, 1);

            double expected = one.objective().loss(batch);
            assertThat(many.objective().loss(batch)).isCloseTo(expected, within(1e-6));
            assertThat(many.objective().evaluate(many.test()).loss())
                    .isCloseTo(one.objective().evaluate(one.test()).loss(), within(1e-6));
            if (many.branched() != null) {
                assertThat(branched(many, pieces, batch))
                        .isCloseTo(branched(one, whole, batch), within(1e-6));
            }
        }
    }

    private static double branched(TrainingTask task, RunFile file, Batch batch) {
        try (ZerothOrderOptimizer optimizer =
                new ZerothOrderOptimizer(task.trainable(), file.spec().method(), 3, 1)) {
            BranchedLoss losses =
                    new BranchedLoss(task.branched().copies(), () -> task.branched().losses(batch));
            return optimizer.step(1, 0, losses).lossPlus();
        }
    }

    @Test
    void pieceOfABatchKeepsItsAnswers() throws Exception {
        RunFile file = file("opt-tiny", DType.F32, "answer", Map.of());
        try (TrainingTask task = task(file, folder)) {
            Batch batch = task.trainBatch(IntStream.range(0, 4).toArray(), 0, 3, 1);
            Batch last = batch.pieces(3).getLast();

            assertThat(last.examples()).containsExactly(batch.examples()[3]);
            assertThat(last.size()).isEqualTo(batch.rowsPerExample());
            assertThat(last.answers().size()).isPositive();
            long[] positions = last.answers().positions();
            for (int i = 0; i < positions.length; i++) {
                int predicted = (int) positions[i] + 1;
                assertThat(last.inputIds()[predicted]).isEqualTo(last.answers().tokens()[i]);
                assertThat(last.answers().rows()[i])
                        .isEqualTo((int) (positions[i] / last.length()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "int8,   full,   method.space,         rounds most",
        "int4,   full,   method.space,         rounds most",
        "int8,   scales, method.space,         has not",
        "stored, scales, method.space,         has not",
        "int3,   lora,   model.base,           int8-block",
    })
    void whatDoesNotGoTogetherIsRefusedByKey(String base, String space, String key, String reason) {
        RunFileException refused =
                catchThrowableOfType(
                        RunFileException.class,
                        () ->
                                file(
                                        "opt-tiny",
                                        DType.F32,
                                        "answer",
                                        Map.of("model.base", base, "method.space", space)));

        assertThat(refused).hasMessageContaining(key);
        assertThat(refused.getMessage() + refused.hint()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "model.blockSize,        48,      Use 32",
        "model.blockSize,        256,     32",
        "training.microBatch,    5,       4",
        "training.microBatch,    0,       1",
        "training.memoryProfile, tiny,    smallest",
    })
    void numbersOutOfRangeAreRefusedByKey(String key, String value, String expected) {
        RunFileException refused =
                catchThrowableOfType(
                        RunFileException.class,
                        () -> file("opt-tiny", DType.F32, "answer", Map.of(key, value)));

        assertThat(refused).hasMessageContaining(key);
        assertThat(refused.getMessage() + refused.hint()).contains(expected);
    }
}
