package io.pocketllm.model;

import io.pocketllm.model.architecture.HuggingFaceModel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a model.
 *
 * @param name name for people
 * @param path an ONNX file, or a Hugging Face folder: config.json and safetensors weights
 * @param tokenizer Hugging Face {@code tokenizer.json}
 */
public record ModelFiles(String name, Path path, Path tokenizer) {

    /**
     * The files of a model outside the program: a Hugging Face folder with {@code config.json},
     * {@code model.safetensors} and {@code tokenizer.json}; or an ONNX file with its {@code
     * tokenizer.json} beside it or one folder up.
     *
     * @throws ModelException where one of them is not there
     */
    public static ModelFiles at(Path path) throws ModelException {
        if (HuggingFaceModel.isIn(path)) {
            return huggingFace(path);
        }
        Path onnx = Files.isDirectory(path) ? onnxIn(path) : path;
        if (!Files.isRegularFile(onnx)) {
            throw new ModelException(
                    path + ": there is no such model file",
                    "Check model.path in the run file, or use builtin:all-MiniLM-L6-v2.");
        }
        Path folder = onnx.toAbsolutePath().getParent();
        String stem = onnx.getFileName().toString().replaceFirst("\\.onnx$", "");
        for (Path candidate :
                new Path[] {
                    folder.resolve("tokenizer.json"),
                    folder.resolve(stem + "-tokenizer.json"),
                    folder.resolve("..").normalize().resolve("tokenizer.json")
                }) {
            if (Files.isRegularFile(candidate)) {
                return new ModelFiles(stem, onnx, candidate);
            }
        }
        throw new ModelException(
                onnx + ": has no tokenizer.json beside it",
                "Put the model's tokenizer.json (Hugging Face format) into " + folder + ".");
    }

    private static ModelFiles huggingFace(Path folder) throws ModelException {
        Path tokenizer = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(tokenizer)) {
            throw new ModelException(
                    folder + ": has no tokenizer.json",
                    "Download it with the model; older files (vocab.txt, merges.txt) must be converted.");
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return new ModelFiles(name == null ? "model" : name.toString(), folder, tokenizer);
    }

    private static Path onnxIn(Path folder) {
        Path direct = folder.resolve("model.onnx");
        return Files.isRegularFile(direct) ? direct : folder.resolve("onnx").resolve("model.onnx");
    }
}
