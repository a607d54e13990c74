package io.pocketllm.hostile;

import io.pocketllm.data.DataException;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.OnnxExport;
import io.pocketllm.onnx.OnnxException;
import io.pocketllm.onnx.OnnxFile;
import io.pocketllm.run.RunDoor;
import io.pocketllm.run.RunFileException;
import io.pocketllm.tensor.CheckpointFile;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.TensorFileException;
import java.nio.file.Path;

/**
 * The doors through which files from outside come in, each with the only exception it may throw.
 */
public enum Opener {
    SAFETENSORS(TensorFileException.class, path -> SafetensorsFile.open(path).close()),
    CHECKPOINT(TensorFileException.class, path -> CheckpointFile.open(path).close()),
    ONNX(OnnxException.class, path -> OnnxFile.open(path).close()),
    EXPORT(ModelException.class, path -> OnnxExport.open(path).close()),
    HUGGING_FACE(ModelException.class, path -> LanguageModel.open(ModelFiles.at(path)).close()),
    TOKENIZER(DataException.class, path -> TextTokenizer.open(path, 32).close()),
    RUN(RunFileException.class, RunDoor::open);

    /** Opens and closes. */
    @FunctionalInterface
    interface Door {
        void open(Path path) throws Exception;
    }

    private final Class<? extends Exception> refusal;
    private final Door door;

    Opener(Class<? extends Exception> refusal, Door door) {
        this.refusal = refusal;
        this.door = door;
    }

    Class<? extends Exception> refusal() {
        return refusal;
    }

    void open(Path path) throws Exception {
        door.open(path);
    }
}
