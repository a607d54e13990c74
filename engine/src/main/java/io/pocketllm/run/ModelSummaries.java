package io.pocketllm.run;

import io.pocketllm.model.BuiltinModel;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks into a model without training it. */
public final class ModelSummaries {

    private static final String BUILTIN = "builtin:";

    private ModelSummaries() {}

    /**
     * Opens a model, looks and closes it. Reads headers, not weights; the built-in model may be
     * unpacked first, which takes seconds.
     *
     * @param pathOrBuiltin a Hugging Face folder, an ONNX file, or {@code builtin:NAME}
     * @param cache the program's cache folder
     * @throws ModelException where there is no such model or it cannot be trained here
     */
    public static ModelSummary read(String pathOrBuiltin, Path cache) throws ModelException {
        try (LanguageModel model = LanguageModel.open(files(pathOrBuiltin, cache))) {
            long bytes =
                    model.weights().values().stream()
                            .map(Tensor::memory)
                            .mapToLong(MemorySegment::byteSize)
                            .sum();
            return new ModelSummary(
                    model.name(), pathOrBuiltin, model.info(), bytes, objectives(model.info()));
        }
    }

    /** Keys of the objectives that {@link ModelFit} would not refuse. */
    static List<String> objectives(ModelInfo info) {
        List<String> fitting = new ArrayList<>();
        for (ObjectiveKind kind : ObjectiveKind.values()) {
            boolean fits =
                    switch (kind) {
                        case CLASS_HEAD -> true;
                        case LABEL_WORD ->
                                info.hasVocabularyHead() && info.kind() == ModelInfo.Kind.ENCODER;
                        case ANSWER ->
                                info.hasVocabularyHead() && info.kind() == ModelInfo.Kind.DECODER;
                    };
            if (fits) {
                fitting.add(kind.key());
            }
        }
        return List.copyOf(fitting);
    }

    /** The files of a model by its path or as {@code builtin:NAME}. */
    static ModelFiles files(String pathOrBuiltin, Path cache) throws ModelException {
        if (pathOrBuiltin.equals(BUILTIN + BuiltinModel.NAME)) {
            return BuiltinModel.unpack(cache);
        }
        if (pathOrBuiltin.startsWith(BUILTIN)) {
            throw new ModelException(
                    "there is no built-in model \"" + pathOrBuiltin + "\"",
                    "Use " + BUILTIN + BuiltinModel.NAME + ".");
        }
        try {
            return ModelFiles.at(Path.of(pathOrBuiltin));
        } catch (InvalidPathException e) {
            throw new ModelException(
                    "\"" + pathOrBuiltin + "\" is no path", "Name a folder or an ONNX file.");
        }
    }
}
