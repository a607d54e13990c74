package io.pocketllm.run;

import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.Projection;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Space;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads what a model is, without a run file. */
public final class ModelSummaries {

    /**
     * A summary and what only the model's graph and names tell.
     *
     * @param spaces the values of {@code method.space} that can move something in it, in the order
     *     of {@link Space}; {@code head} only where the objective is a class head
     */
    public record Inspection(ModelSummary summary, List<String> spaces) {}

    private ModelSummaries() {}

    /**
     * Opens a model, looks, and closes it.
     *
     * @param pathOrBuiltin a Hugging Face folder, an ONNX file or its folder, or {@code
     *     builtin:all-MiniLM-L6-v2}
     * @param cache folder the built-in model is unpacked to
     * @throws ModelException where it is not there, damaged, or of a kind that cannot be trained
     */
    public static ModelSummary read(String pathOrBuiltin, Path cache) throws ModelException {
        return inspect(pathOrBuiltin, cache).summary();
    }

    /** The same with the spaces, for which the forward graph is built. */
    public static Inspection inspect(String pathOrBuiltin, Path cache) throws ModelException {
        try (LanguageModel model = LanguageModel.open(RunInputs.modelFiles(pathOrBuiltin, cache))) {
            return new Inspection(
                    new ModelSummary(
                            model.name(),
                            pathOrBuiltin,
                            model.info(),
                            model.weights().values().stream()
                                    .mapToLong(t -> t.memory().byteSize())
                                    .sum(),
                            Arrays.stream(ObjectiveKind.values())
                                    .filter(kind -> ModelFit.fits(model.info(), kind))
                                    .map(ObjectiveKind::key)
                                    .toList()),
                    Arrays.stream(Space.values())
                            .filter(space -> canMove(model, space))
                            .map(Space::key)
                            .toList());
        }
    }

    private static boolean canMove(LanguageModel model, Space space) {
        return switch (space) {
            case FULL, HEAD -> true;
            case LORA, LORA_B ->
                    !Projection.queriesAndValues(model.graph().projections()).isEmpty();
            case BITFIT ->
                    model.weights().values().stream()
                            .anyMatch(
                                    t -> t.dtype().isWeight() && MethodSpec.isBiasOrNorm(t.name()));
            case PREFIX -> model.info().takesPrefix();
            // Scales are there in a quantised base, which a run file chooses.
            case SCALES -> false;
        };
    }
}
