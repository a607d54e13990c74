package io.pocketllm.run;

import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.zo.MethodSpec.Space;

/** Whether a model can do what a run file asks of it; refusals name the run file's key. */
final class ModelFit {

    private ModelFit() {}

    /** Whether a model can have this objective. */
    static boolean fits(ModelInfo info, ObjectiveKind kind) {
        return switch (kind) {
            case CLASS_HEAD -> true;
            case LABEL_WORD -> info.hasVocabularyHead() && info.kind() == ModelInfo.Kind.ENCODER;
            case ANSWER -> info.hasVocabularyHead() && info.kind() == ModelInfo.Kind.DECODER;
        };
    }

    /**
     * Looks at objective and space.
     *
     * @throws RunFileException where the model has no head, no mask or no keys for them
     */
    static void require(RunFile file, LanguageModel model) throws RunFileException {
        require(file, model.name(), model.info());
    }

    /** The same for a model that is told by its sizes. */
    static void require(RunFile file, String modelName, ModelInfo info) throws RunFileException {
        RunSpec spec = file.spec();
        String name = modelName + " (" + info.architecture() + ")";
        ObjectiveKind kind = spec.objective().kind();
        if (kind != ObjectiveKind.CLASS_HEAD && !info.hasVocabularyHead()) {
            throw new RunFileException(
                    file.source(),
                    "objective.kind",
                    "\"" + kind.key() + "\" asks for words, and " + name + " cannot score any",
                    "Use \"class-head\", or a checkpoint saved with its language-model head.");
        }
        if (kind == ObjectiveKind.LABEL_WORD && info.kind() == ModelInfo.Kind.DECODER) {
            throw new RunFileException(
                    file.source(),
                    "objective.kind",
                    "\"label-word\" fills a mask, and " + name + " is a causal model",
                    "Use \"answer\".");
        }
        if (kind == ObjectiveKind.ANSWER && info.kind() == ModelInfo.Kind.ENCODER) {
            throw new RunFileException(
                    file.source(),
                    "objective.kind",
                    "\"answer\" goes on with a text, and " + name + " is an encoder",
                    "Use \"label-word\" or \"class-head\".");
        }
        if (kind != ObjectiveKind.CLASS_HEAD && spec.method().space() == Space.HEAD) {
            throw new RunFileException(
                    file.source(),
                    "method.space",
                    "\"head\" moves a classification head, and \"" + kind.key() + "\" has none",
                    "Use \"lora\", \"lora-b\", \"bitfit\", \"prefix\" or \"full\".");
        }
        if (kind != ObjectiveKind.CLASS_HEAD && spec.training().reference()) {
            throw new RunFileException(
                    file.source(),
                    "training.reference",
                    "fits a classification head, and \"" + kind.key() + "\" has none",
                    "Take it out.");
        }
        if (spec.method().space() == Space.PREFIX && !info.takesPrefix()) {
            throw new RunFileException(
                    file.source(),
                    "method.space",
                    "\"prefix\" needs a graph that takes keys and values of earlier tokens, and that"
                            + " of "
                            + name
                            + " does not",
                    "Use \"lora\", \"lora-b\", \"bitfit\" or \"full\"; or name the Hugging Face"
                            + " folder in place of an ONNX file.");
        }
        int context = info.contextLength();
        if (context > 0 && spec.data().maxTokens() > context) {
            throw new RunFileException(
                    file.source(),
                    "data.maxTokens",
                    "is " + spec.data().maxTokens() + ", and " + name + " reads " + context,
                    "Use at most " + context + ".");
        }
    }
}
