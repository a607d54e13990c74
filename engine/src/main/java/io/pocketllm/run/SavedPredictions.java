package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.data.Dataset;
import io.pocketllm.data.Example;
import io.pocketllm.forward.NativeLibraries;
import io.pocketllm.forward.PassWatch;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks a run's model about texts while no worker of it runs: as it was before the first step, and
 * as its checkpoint has it.
 *
 * <p>The data is not read: the questions stand in for it while the graph is put together, and
 * whatever would depend on it is then replaced by what the run folder keeps. Before a first step
 * nothing does: what was taken from the data is multiplied by zeros.
 */
public final class SavedPredictions {

    private SavedPredictions() {}

    /**
     * A run that has not begun: now and the start are the same.
     *
     * @param texts not empty
     * @throws RunFileException where the model cannot be used, or the objective has no classes
     */
    public static List<Event.Prediction> of(RunFile file, Path cache, List<String> texts)
            throws RunFileException, IOException {
        try (TrainingTask task = task(file, cache, texts)) {
            List<Event.Prediction> answers = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                Answer start = ask(task, texts.get(i));
                answers.add(
                        new Event.Prediction(
                                0,
                                i,
                                texts.get(i),
                                0,
                                start.probabilities,
                                start.probabilities,
                                start.refusal));
            }
            return answers;
        }
    }

    /**
     * A run folder: now is the checkpoint. A run that left none has only a start.
     *
     * @param texts not empty
     * @throws RunFileException where folder or model cannot be used, or the objective has no
     *     classes
     */
    public static List<Event.Prediction> of(RunFolder folder, Path cache, List<String> texts)
            throws RunFileException, IOException {
        RunFile file = RunFile.read(folder.runFile());
        Path checkpoint = folder.checkpoint().resolve("model.safetensors");
        boolean saved = Files.isRegularFile(checkpoint);
        int step = RunOverview.read(folder.path()).step();
        try (TrainingTask task = task(file, cache, texts)) {
            if (Files.isRegularFile(folder.start())) {
                StartValues.load(folder, folder.start(), all(task));
            }
            List<Answer> starts = texts.stream().map(text -> ask(task, text)).toList();
            if (saved) {
                StartValues.load(folder, checkpoint, all(task));
            }
            List<Event.Prediction> answers = new ArrayList<>();
            for (int i = 0; i < starts.size(); i++) {
                Answer now = saved ? ask(task, texts.get(i)) : Answer.NO_CHECKPOINT;
                answers.add(
                        new Event.Prediction(
                                0,
                                i,
                                texts.get(i),
                                step,
                                now.probabilities,
                                starts.get(i).probabilities,
                                now.refusal));
            }
            return answers;
        }
    }

    private record Answer(Map<String, Double> probabilities, String refusal) {
        static final Answer NO_CHECKPOINT =
                new Answer(
                        null,
                        "The run left no checkpoint: it ended before it could save. Go on with it:"
                                + " pocketllm train RUN_DIR --resume.");
    }

    private static Answer ask(TrainingTask task, String text) {
        try {
            return new Answer(task.predictor().probabilities(text), null);
        } catch (DataException e) {
            return new Answer(null, e.getMessage() + " " + e.hint());
        }
    }

    private static List<Tensor> all(TrainingTask task) {
        List<Tensor> tensors = new ArrayList<>(task.trainable().tensors());
        tensors.addAll(task.frozenAdapters());
        return tensors;
    }

    private static TrainingTask task(RunFile file, Path cache, List<String> texts)
            throws RunFileException, IOException {
        RunSpec.Objective objective = file.spec().objective();
        List<String> labels = List.copyOf(objective.labels().keySet());
        if (labels.isEmpty()) {
            throw new RunFileException(
                    file.source(),
                    "objective",
                    "answers in free text, and there are no classes to tell probabilities of",
                    "Give objective.labels, or ask a run that has them.");
        }
        NativeLibraries.prepare(cache);
        RunFile plain = file.with(Map.of("training.reference", "false", "data.tokenDropout", "0"));
        List<Example> stand = List.of(standIn(objective, texts.getFirst()));
        int threads =
                Math.min(
                        RunInputs.threads(plain, RunInputs.device(plain)),
                        Runtime.getRuntime().availableProcessors());
        return new TaskBuilder(
                        plain,
                        threads,
                        (phase, fraction) -> {},
                        PassWatch.NONE,
                        new Dataset("", labels, stand, stand, stand, List.of()))
                .build(cache);
    }

    /** The question under every name the objective knows. */
    private static Example standIn(RunSpec.Objective objective, String text) {
        Set<String> names =
                objective.template() == null ? Set.of(Example.TEXT) : objective.template().texts();
        Map<String, String> texts = new LinkedHashMap<>();
        names.forEach(name -> texts.put(name, text));
        return new Example(texts, 0, null);
    }
}
