package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.tensor.Snapshot;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A worker's answers about texts between two steps: what the model thinks now, and what it thought
 * before the first step.
 *
 * <p>For the latter the start values are put in the parameters' place and taken out again, bit for
 * bit, so the training that goes on afterwards is the same. That takes a second copy of what moves
 * for a moment, inside the phone's budget; where that would be more than {@value #MAX_BYTES} bytes,
 * only texts asked about before the first step have a start.
 */
final class LivePredictions {

    static final long MAX_BYTES = 16_000_000;

    /** What the start says of a text never changes; as many texts are remembered. */
    private static final int REMEMBERED = 64;

    static final String NO_CLASSES =
            "This run's answers are free text: there are no classes to tell probabilities of.";

    private final RunFolder folder;
    private final TrainingTask task;

    private final Map<String, Map<String, Double>> starts =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Map<String, Double>> eldest) {
                    return size() > REMEMBERED;
                }
            };

    LivePredictions(RunFolder folder, TrainingTask task) {
        this.folder = folder;
        this.task = task;
    }

    /**
     * Answers; what goes wrong is told in the answer and never ends the run.
     *
     * @param step steps taken; no update waits
     */
    Event.Prediction answer(long elapsedMillis, TextQuestion asked, int step) {
        if (task.predictor() == null) {
            return new Event.Prediction(
                    elapsedMillis, asked.id(), asked.text(), step, null, null, NO_CLASSES);
        }
        try {
            Map<String, Double> now = task.predictor().probabilities(asked.text());
            if (step == 0) {
                starts.put(asked.text(), now);
            }
            String note = null;
            Map<String, Double> start = starts.get(asked.text());
            if (start == null) {
                note = whyNoStart();
                if (note == null) {
                    start = atTheStart(asked.text());
                    starts.put(asked.text(), start);
                }
            }
            return new Event.Prediction(
                    elapsedMillis, asked.id(), asked.text(), step, now, start, note);
        } catch (DataException e) {
            return refused(elapsedMillis, asked, step, e.getMessage() + " " + e.hint());
        } catch (RunFileException e) {
            return refused(elapsedMillis, asked, step, e.getMessage() + " " + e.hint());
        } catch (RuntimeException e) {
            // A text that breaks the tokenizer or the graph is no reason to lose a training.
            return refused(elapsedMillis, asked, step, "The model cannot be asked: " + e);
        }
    }

    private static Event.Prediction refused(
            long elapsedMillis, TextQuestion asked, int step, String why) {
        return new Event.Prediction(elapsedMillis, asked.id(), asked.text(), step, null, null, why);
    }

    private String whyNoStart() {
        long bytes =
                task.trainable().tensors().stream().mapToLong(t -> t.memory().byteSize()).sum();
        if (bytes > MAX_BYTES) {
            return "What moves is too much to be kept twice on the phone: of the start only texts"
                    + " are known that were asked about before the first step.";
        }
        return Files.isRegularFile(folder.start())
                ? null
                : "The run folder has no start.safetensors any more.";
    }

    private Map<String, Double> atTheStart(String text) throws RunFileException, DataException {
        try (Snapshot now = new Snapshot(task.trainable())) {
            try {
                StartValues.load(folder, folder.start(), task.trainable().tensors());
                return task.predictor().probabilities(text);
            } finally {
                now.restore();
            }
        }
    }
}
