package io.pocketllm.run;

import io.pocketllm.model.LanguageModel;
import io.pocketllm.tensor.FiniteCheck;
import java.util.Optional;

/**
 * Whether a model gives numbers at all before the first step. A damaged download may not, and then
 * no step size helps: the weight at fault is looked for and named.
 */
final class FiniteStart {

    private FiniteStart() {}

    /**
     * Looks at a loss at the start values.
     *
     * @throws RunFileException where it is no finite number
     */
    static void requireLoss(RunFile file, LanguageModel model, double loss)
            throws RunFileException {
        if (!Double.isFinite(loss)) {
            throw explained(file, model, "a loss of " + loss);
        }
    }

    /**
     * Looks at pooled texts before anything is computed from them.
     *
     * @throws RunFileException where one holds a value that is no finite number
     */
    static void requirePooled(RunFile file, LanguageModel model, float[] pooled)
            throws RunFileException {
        for (float value : pooled) {
            if (!Float.isFinite(value)) {
                throw explained(file, model, "hidden states with " + value + " in them");
            }
        }
    }

    private static RunFileException explained(RunFile file, LanguageModel model, String found) {
        Optional<FiniteCheck.Culprit> culprit = FiniteCheck.first(model.weights().values());
        return culprit.map(
                        c ->
                                new RunFileException(
                                        file.source(),
                                        "model.path",
                                        model.fileOf(c.tensor()) + ": " + c,
                                        "The file is damaged, or was saved from a training that"
                                                + " diverged: download it again, or use another"
                                                + " checkpoint."))
                .orElseGet(
                        () ->
                                new RunFileException(
                                        file.source(),
                                        "model.path",
                                        model.path()
                                                + ": gives "
                                                + found
                                                + " before the first step, though all its weights"
                                                + " are finite",
                                        "Half precision may overflow inside: use the model's fp32"
                                                + " file. Lower objective.logitScale where it is"
                                                + " large."));
    }
}
