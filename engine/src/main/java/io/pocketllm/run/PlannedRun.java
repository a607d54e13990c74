package io.pocketllm.run;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.PlanRequest.Ending;
import java.nio.file.Path;

/** A run file as the plan's inputs. Opens the model for its sizes; reads no data. */
public final class PlannedRun {

    /** Texts of an evaluation, and of what reads features before training. */
    private static final int EVALUATED_TEXTS = 32;

    /** Examples of an evaluation of answers. */
    private static final int EVALUATED_ANSWERS = 8;

    /** A token of an answer has about so many letters, rather fewer than more. */
    private static final int LETTERS_A_TOKEN = 3;

    /** Share of a row that a generated answer takes, where no data says. */
    private static final int ROW_OVER_ANSWER = 4;

    private PlannedRun() {}

    /**
     * The plan's inputs. Rows are as long as {@code data.maxTokens} allows, but not longer than the
     * model's context.
     *
     * @param cache folder the default model is unpacked to
     * @throws RunFileException where the model cannot be used, or not for this run
     */
    public static PlanRequest request(RunFile file, Path cache) throws RunFileException {
        try (LanguageModel model = RunInputs.model(file, cache)) {
            return request(file, model.name(), model.info());
        }
    }

    /**
     * The same for a model whose sizes are known; opens nothing.
     *
     * @param modelName its name, for refusals
     * @throws RunFileException where the model cannot do what the run file asks of it
     */
    public static PlanRequest request(RunFile file, String modelName, ModelInfo info)
            throws RunFileException {
        ModelFit.require(file, modelName, info);
        return request(file.spec(), info);
    }

    /**
     * The plan's inputs with another model in the run's place. An objective that asks for words is
     * taken in the form that this kind of model has: label words for an encoder, answers for a
     * decoder.
     */
    public static PlanRequest request(RunSpec spec, ModelInfo info) {
        int classes = spec.objective().labels().size();
        Ending ending = ending(spec.objective().kind(), info.kind());
        boolean answers = ending == Ending.ANSWER;
        int rows = answers && classes > 0 ? classes : 1;
        int length = spec.data().maxTokens();
        if (info.contextLength() > 0) {
            length = Math.min(length, info.contextLength());
        }
        Integer micro = spec.training().microBatch();
        return new PlanRequest(
                info,
                spec.model().base(),
                spec.method(),
                ending,
                spec.training().batchSize() * rows,
                answers ? EVALUATED_ANSWERS * rows : EVALUATED_TEXTS,
                micro == null ? 0 : micro * rows,
                length,
                answers ? answerTokens(spec, length) : 0,
                spec.training().memoryProfile());
    }

    private static Ending ending(ObjectiveKind kind, ModelInfo.Kind model) {
        return switch (kind) {
            case CLASS_HEAD -> Ending.POOLED;
            case LABEL_WORD, ANSWER ->
                    model == ModelInfo.Kind.ENCODER ? Ending.LABEL_WORDS : Ending.ANSWER;
        };
    }

    private static int answerTokens(RunSpec spec, int length) {
        return spec.objective().labels().isEmpty()
                ? Math.max(1, length / ROW_OVER_ANSWER)
                : 1
                        + spec.objective().labels().values().stream()
                                        .mapToInt(String::length)
                                        .max()
                                        .orElse(0)
                                / LETTERS_A_TOKEN;
    }

    /** The phone a run file names; null where it names none. */
    public static DeviceProfile device(RunFile file) throws RunFileException {
        return RunInputs.device(file);
    }

    /** What the run may hold there; 0 for no limit. */
    public static long budgetBytes(RunFile file, DeviceProfile device) {
        return RunInputs.budgetBytes(file, device);
    }
}
