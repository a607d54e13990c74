package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Questions about texts: asked between steps they change no bit of the training; the start, the
 * checkpoint and the running worker agree on what they think of a text.
 */
@Timeout(120)
class PredictionTest {

    private static final String TEXT = "I love it so";

    @TempDir private Path folder;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    @ParameterizedTest
    @CsvSource({
        "roberta-tiny, F32,  label-word, lora",
        "bert-tiny,    F32,  label-word, full",
        "roberta-tiny, F16,  label-word, full",
        "opt-tiny,     F32,  answer,     prefix",
        "llama-tiny,   BF16, answer,     lora-b",
    })
    void askingBetweenStepsChangesNoBitAndTheStartStaysWhatItWas(
            String shape, DType dtype, String objective, String space) throws Exception {
        RunFile file =
                PromptTrainingTest.file(
                                folder,
                                shape,
                                dtype,
                                objective.equals("answer")
                                        ? PromptTrainingTest.ANSWER
                                        : PromptTrainingTest.MASKED)
                        .with(
                                Map.of(
                                        "method.space", space,
                                        "method.learningRate", "0.1",
                                        "method.branches", "in-place"));
        List<Event.Prediction> answers = new ArrayList<>();

        byte[] quiet = train(file, null);
        byte[] asked = train(file, answers);

        assertThat(asked).isEqualTo(quiet);
        assertThat(answers).hasSize(3).allMatch(a -> a.note() == null);
        Event.Prediction first = answers.get(1);
        Event.Prediction last = answers.get(2);
        // The first question came behind step 2: its start was found by putting start values in.
        assertThat(first.startProbabilities()).isEqualTo(answers.get(0).probabilities());
        assertThat(last.startProbabilities()).isEqualTo(first.startProbabilities());
        assertThat(last.probabilities()).isNotEqualTo(last.startProbabilities());
        assertThat(last.probabilities()).containsOnlyKeys("good", "bad");
        assertThat(last.probabilities().values().stream().mapToDouble(p -> p).sum())
                .isBetween(1 - 1e-9, 1 + 1e-9);
    }

    /** Parameters after four steps; with questions before, behind the second and the fourth. */
    private byte[] train(RunFile file, List<Event.Prediction> answers) throws Exception {
        RunFolder run = new RunFolder(Files.createDirectories(folder.resolve("run")));
        try (TrainingTask task = new TaskBuilder(file, 1, (p, f) -> {}).build(folder);
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(task.trainable(), file.spec().method(), 3, 1)) {
            StartValues.save(run, task);
            LivePredictions predictions = new LivePredictions(run, task);
            if (answers != null) {
                // Of another object, so that what it remembers does not help the one below.
                answers.add(new LivePredictions(run, task).answer(0, new TextQuestion(0, TEXT), 0));
            }
            Batch batch = task.trainBatch(IntStream.range(0, 4).toArray(), 0, 3, 1);
            for (int step = 1; step <= 4; step++) {
                optimizer.stepAhead(step, 0.1, () -> task.objective().loss(batch));
                if (answers != null && step % 2 == 0) {
                    optimizer.settle();
                    answers.add(predictions.answer(0, new TextQuestion(step, TEXT), step));
                }
            }
            optimizer.settle();
            return bytes(task.trainable().tensors());
        }
    }

    private static byte[] bytes(Iterable<Tensor> tensors) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (Tensor tensor : tensors) {
            all.writeBytes(tensor.memory().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "head, activation-subspace, 0",
        "lora, gaussian,            0.1",
    })
    void aWorkerItsCheckpointAndItsStartAgree(String space, String direction, String dropout)
            throws Exception {
        Map<String, String> changes = new LinkedHashMap<>();
        RunFile file =
                SmallInbox.run(
                        folder,
                        space,
                        100_000,
                        "method.direction",
                        direction,
                        "data.tokenDropout",
                        dropout,
                        "method.learningRate",
                        "0.01",
                        "training.reference",
                        "true");
        String text = "Could you \"swap\" your shift,\nor not? \u2028 äöü";
        Runs runs = new Runs(Folders.under(SmallInbox.sharedHome()));
        Path out = folder.resolve("out");
        Event.Prediction running;
        try (RecordedRun run = RecordedRun.start(file, out)) {
            run.awaitStep(2);
            assertThat(run.process().predict(new TextQuestion(41, text))).isTrue();
            run.awaitEvent(e -> e instanceof Event.Prediction p && p.id() == 41);
            run.process().pause();
            run.awaitEvent(Event.Paused.class::isInstance);
            // Asked while it waits: it answers, takes no step, and ends there.
            run.process().predict(new TextQuestion(42, text));
            run.awaitEvent(e -> e instanceof Event.Prediction p && p.id() == 42);
            run.process().stop();
            assertThat(run.awaitEnd()).isEqualTo(ExitCode.DONE);
            running = run.events(Event.Prediction.class).getLast();
            assertThat(run.events(Event.Prediction.class).getFirst().startProbabilities())
                    .isEqualTo(running.startProbabilities());
            assertThat(Files.readString(run.folder().events())).doesNotContain("swap");
        }

        Event.Prediction saved;
        try (PredictionProcess process = runs.predict(out, text)) {
            saved = process.answer().get(60, TimeUnit.SECONDS);
        }
        assertThat(running.note()).isNull();
        assertThat(running.text()).isEqualTo(text).isEqualTo(saved.text());
        assertThat(saved.step()).isEqualTo(running.step()).isPositive();
        assertThat(saved.probabilities()).isEqualTo(running.probabilities());
        assertThat(saved.startProbabilities()).isEqualTo(running.startProbabilities());
        assertThat(running.probabilities()).isNotEqualTo(running.startProbabilities());

        Event.Prediction before = SavedPredictions.of(file, cache(), List.of(text)).getFirst();
        assertThat(before.step()).isZero();
        assertThat(before.startProbabilities()).isEqualTo(running.startProbabilities());
        assertThat(before.probabilities()).isEqualTo(before.startProbabilities());
    }

    private static Path cache() {
        return Folders.under(SmallInbox.sharedHome()).cache();
    }

    @Test
    void freeTextAnswersHaveNoClassesToTellOf() throws Exception {
        RunFile file =
                PromptTrainingTest.file(folder, "opt-tiny", DType.F32, PromptTrainingTest.ANSWER);
        Files.writeString(
                folder.resolve("run.json"),
                PromptTrainingTest.ANSWER
                        .replaceAll(",\\s*\"labels\": \\{[^}]*}", "")
                        .replace("\"path\": \"data\"", "\"path\": \"data\", \"maxTokens\": 32"));
        for (String part : Arrays.asList("train", "validation", "test")) {
            Files.writeString(
                    folder.resolve("data/" + part + ".tsv"), "text\tanswer\nI love it\tgood\n");
        }
        RunFile generation = RunFile.read(file.folder().resolve("run.json"));
        try (TrainingTask task = new TaskBuilder(generation, 1, (p, f) -> {}).build(folder)) {
            Event.Prediction answer =
                    new LivePredictions(new RunFolder(folder), task)
                            .answer(5, new TextQuestion(1, TEXT), 3);

            assertThat(answer.probabilities()).isNull();
            assertThat(answer.note()).contains("free text");
        }
        assertThatThrownBy(() -> SavedPredictions.of(generation, folder, List.of(TEXT)))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining("no classes");
    }

    @Test
    void aRunWithoutACheckpointHasAStartAndSaysWhyThereIsNoMore() throws Exception {
        RunFile file = SmallInbox.run(folder, "lora", 5);
        RunFolder run = new RunFolder(Files.createDirectories(folder.resolve("cut")));
        run.writeRunFile(file.absolute());

        Event.Prediction answer = SavedPredictions.of(run, cache(), List.of(TEXT)).getFirst();

        assertThat(answer.probabilities()).isNull();
        assertThat(answer.startProbabilities()).hasSize(3);
        assertThat(answer.note()).contains("no checkpoint").contains("--resume");
    }

    @Test
    void aFolderThatIsGoneIsToldInWords() throws Exception {
        Runs runs = new Runs(Folders.under(SmallInbox.sharedHome()));
        try (PredictionProcess process = runs.predict(folder.resolve("vanished"), TEXT)) {
            assertThatThrownBy(() -> process.answer().get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("vanished")
                    .hasMessageNotContaining("Exception:  ");
        }
    }
}
