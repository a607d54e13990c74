package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.offset;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.StepResult;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole model that is stored in half precision trains in it. */
@Timeout(120)
class HalfPrecisionRunTest {

    @TempDir private Path folder;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    private RunFile file(String shape, DType stored, String base) throws Exception {
        boolean answers = shape.startsWith("opt") || shape.startsWith("llama");
        return PromptTrainingTest.file(
                        folder,
                        shape,
                        stored,
                        answers ? PromptTrainingTest.ANSWER : PromptTrainingTest.MASKED)
                .with(
                        Map.of(
                                "method.space", "full",
                                "method.learningRate", "0.001",
                                "method.perturbationScale", "0.01",
                                "model.base", base));
    }

    /** What a step measures, and the loss behind it. */
    private record Taken(DType matrices, DType vectors, StepResult step, double after) {}

    private Taken step(RunFile file) throws Exception {
        try (TrainingTask task = new TaskBuilder(file, 1, (p, f) -> {}).build(folder);
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(task.trainable(), file.spec().method(), 3, 1)) {
            Batch batch = task.trainBatch(IntStream.range(0, 4).toArray(), 0, 3, 1);
            StepResult result = optimizer.stepAhead(1, 1e-3, () -> task.objective().loss(batch));
            optimizer.settle();
            return new Taken(
                    ofRank(task, 2), ofRank(task, 1), result, task.objective().loss(batch));
        }
    }

    private static DType ofRank(TrainingTask task, int rank) {
        List<DType> found =
                task.trainable().tensors().stream()
                        .filter(t -> t.shape().length == rank)
                        .map(Tensor::dtype)
                        .distinct()
                        .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "roberta-tiny, F16,  stored, F16,  F16",
        "opt-tiny,     F16,  stored, F16,  F16",
        "llama-tiny,   BF16, stored, BF16, BF16",
        "bert-tiny,    F32,  fp16,   F16,  F32",
    })
    void itMeasuresWhatFp32Measures(
            String shape, DType stored, String base, DType matrices, DType vectors)
            throws Exception {
        RunFile file = file(shape, stored, base);
        Taken halves = step(file);
        Taken wide = step(file.with("model.base", "fp32"));

        assertThat(halves.matrices()).isEqualTo(matrices);
        assertThat(halves.vectors()).isEqualTo(vectors);
        assertThat(wide.matrices()).isEqualTo(DType.F32);
        // A bfloat16 has three digits; where the checkpoint is rounded to halves, four.
        double tolerance = stored == DType.F32 ? 2e-3 : 1e-4;
        assertThat(halves.step().lossPlus()).isCloseTo(wide.step().lossPlus(), offset(tolerance));
        assertThat(halves.step().lossMinus()).isCloseTo(wide.step().lossMinus(), offset(tolerance));
        assertThat(halves.step().slopes())
                .containsExactly(wide.step().slopes(), offset((float) (tolerance / 0.01)));
        assertThat(halves.step().slopes()).doesNotContain(0f);
        // The update is rounded to halves at random.
        assertThat(halves.after())
                .isCloseTo(wide.after(), offset(matrices == DType.BF16 ? 0.2 : 0.02));
    }

    @Test
    void whatNeedsFp32IsRefusedByKey() throws Exception {
        RunFile file = file("bert-tiny", DType.F32, "fp32");

        RunFileException refused =
                catchThrowableOfType(
                        RunFileException.class,
                        () -> file.with(Map.of("model.base", "fp16", "method.update", "adam")));

        assertThat(refused).hasMessageContaining("method.update").hasMessageContaining("fp32");
        assertThat(refused.hint()).contains("model.base");
    }

    /** Rounding included: which way an update went is drawn again from its place. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
    void aKilledRunGoesOnToTheSameBitsAndReplays() throws Exception {
        RunFile file = file("roberta-tiny", DType.F16, "stored").with("training.steps", "40");
        Path out = folder.resolve("out");
        try (RecordedRun undisturbed = RecordedRun.start(file, folder.resolve("whole"));
                RecordedRun run = RecordedRun.start(file, out)) {
            run.awaitStep(3);
            run.worker().destroyForcibly();
            run.awaitEnd();
            try (RecordedRun resumed = RecordedRun.resume(out)) {
                assertThat(resumed.awaitEnd()).as("%s", resumed.last()).isEqualTo(ExitCode.DONE);
            }
            assertThat(undisturbed.awaitEnd()).isEqualTo(ExitCode.DONE);

            Path saved = run.folder().checkpoint().resolve("model.safetensors");
            assertThat(saved)
                    .hasSameBinaryContentAs(
                            undisturbed.folder().checkpoint().resolve("model.safetensors"));
            try (SafetensorsFile checkpoint = SafetensorsFile.open(saved)) {
                assertThat(checkpoint.tensors().values())
                        .extracting(Tensor::dtype)
                        .containsOnly(DType.F16);
            }
            try (Replay replay =
                    Replay.of(
                            run.folder(),
                            Folders.under(SmallInbox.sharedHome()).cache(),
                            2,
                            step -> {})) {
                assertThat(replay.steps()).isEqualTo(40);
                assertThat(replay.differences()).isEmpty();
            }
        }
    }
}
