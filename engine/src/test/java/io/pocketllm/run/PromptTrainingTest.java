package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.pocketllm.data.Batch;
import io.pocketllm.data.SmallTokenizers;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.architecture.RandomCheckpoint;
import io.pocketllm.tensor.DType;
import io.pocketllm.zo.BranchedLoss;
import io.pocketllm.zo.StepResult;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From a Hugging Face folder, data and a run file to steps that lower the loss: random weights of a
 * tiny shape learn a handful of texts by heart, whatever the objective and the space.
 */
@Timeout(120)
class PromptTrainingTest {

    static final String MASKED =
            """
            {"version": 1, "name": "prompt",
             "model": {"path": "model"}, "data": {"path": "data"},
             "objective": {"kind": "label-word", "template": "{text} It was {mask} .",
                           "labels": {"good": "great", "bad": "terrible"}},
             "method": {"space": "lora", "learningRate": 0.01, "perturbationScale": 0.001},
             "training": {"steps": 1, "batchSize": 4}, "seed": 3}
            """;

    static final String ANSWER =
            MASKED.replace("label-word", "answer").replace("{mask} .", "{answer}");

    @TempDir private Path folder;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    private RunFile file(String shape, DType dtype, String json) throws Exception {
        return file(folder, shape, dtype, json);
    }

    /** A model of random weights, a vocabulary for it, four texts, and a run file over them. */
    static RunFile file(Path folder, String shape, DType dtype, String json) throws Exception {
        RandomCheckpoint.write(folder.resolve("model"), shape, dtype, 5);
        Path vocabulary = Files.createDirectories(folder.resolve("vocabulary"));
        try (TextTokenizer tokenizer =
                shape.startsWith("bert") || shape.startsWith("distil")
                        ? SmallTokenizers.wordPiece(vocabulary, 32)
                        : shape.startsWith("roberta")
                                ? SmallTokenizers.robertaLike(vocabulary, 32)
                                : SmallTokenizers.optLike(vocabulary, 32)) {
            Files.copy(tokenizer.file(), folder.resolve("model/tokenizer.json"));
        }
        Path data = Files.createDirectories(folder.resolve("data"));
        for (String part : new String[] {"train", "validation", "test"}) {
            Files.writeString(
                    data.resolve(part + ".tsv"),
                    "text\tlabel\nI love it\tgood\nI hate it\tbad\nso good\tgood\nso bad\tbad\n");
        }
        Files.writeString(folder.resolve("run.json"), json);
        return RunFile.read(folder.resolve("run.json")).with("data.maxTokens", "32");
    }

    @ParameterizedTest
    @CsvSource({
        "bert-tiny,       F32,  label-word, full,   0.003",
        "roberta-tiny,    F16,  label-word, full,   0.003",
        "roberta-tiny,    F32,  label-word, lora,   0.03",
        "distilbert-tiny, F32,  label-word, bitfit, 0.03",
        "roberta-tiny,    F32,  label-word, prefix, 0.3",
        "opt-tiny,        F16,  answer,     full,   0.003",
        "opt-tiny,        F32,  answer,     prefix, 0.03",
        "gpt2-tiny,       F32,  answer,     lora,   0.06",
        "llama-tiny,      BF16, answer,     lora-b, 0.03",
        "mobilellm-tiny,  F32,  answer,     full,   0.003",
        "qwen2-tiny,      BF16, answer,     bitfit, 0.03",
    })
    void aHandfulOfTextsIsLearntByHeart(
            String shape, DType dtype, String objective, String space, String learningRate)
            throws Exception {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("method.space", space);
        changes.put("method.learningRate", learningRate);
        changes.put("method.directions", "4");
        // Steps of one size, however flat random weights make the loss.
        changes.put("method.update", "adam");
        changes.put("method.branches", "in-place");
        changes.put("method.loraAlpha", "64");
        RunFile file =
                file(shape, dtype, objective.equals("answer") ? ANSWER : MASKED).with(changes);
        try (TrainingTask task = new TaskBuilder(file, 1, (p, f) -> {}).build(folder);
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(task.trainable(), file.spec().method(), 3, 1)) {
            Batch batch = task.trainBatch(IntStream.range(0, 4).toArray(), 0, 3, 1);
            double before = task.objective().loss(batch);
            for (int step = 1; step <= 60; step++) {
                StepResult result = optimizer.step(step, () -> task.objective().loss(batch));
                assertThat(result.isFinite()).isTrue();
            }

            assertThat(task.objective().loss(batch)).isLessThan(before - 0.02);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "roberta-tiny, label-word, lora",
        "opt-tiny,     answer,     lora-b",
        "llama-tiny,   answer,     lora",
        "gpt2-tiny,    answer,     lora-b",
        "mobilellm-tiny, answer,   lora-b",
    })
    void branchesGiveTheLossesOfAWalk(String shape, String objective, String space)
            throws Exception {
        RunFile file =
                file(shape, DType.F32, objective.equals("answer") ? ANSWER : MASKED)
                        .with(
                                Map.of(
                                        "method.space",
                                        space,
                                        "method.branches",
                                        "in-graph",
                                        "method.directions",
                                        "2",
                                        "method.perturbationScale",
                                        "0.05"));
        try (TrainingTask task = new TaskBuilder(file, 1, (p, f) -> {}).build(folder);
                ZerothOrderOptimizer walk =
                        new ZerothOrderOptimizer(task.trainable(), file.spec().method(), 5, 1);
                ZerothOrderOptimizer copies =
                        new ZerothOrderOptimizer(task.trainable(), file.spec().method(), 5, 1)) {
            Batch batch = task.trainBatch(new int[] {0, 3, 1}, 0, 5, 1);
            StepResult inGraph =
                    copies.step(
                            1,
                            0,
                            new BranchedLoss(
                                    task.branched().copies(), () -> task.branched().losses(batch)));
            StepResult inPlace = walk.step(1, 0, () -> task.objective().loss(batch));

            assertThat(inGraph.lossPlus()).isCloseTo(inPlace.lossPlus(), offset(2e-5));
            assertThat(inGraph.slopes()).containsExactly(inPlace.slopes(), offset(4e-4f));
            assertThat(inPlace.slopes()).doesNotContain(0f);
        }
    }
}
