package io.pocketllm.app.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a dropped file or folder is, by its name and by what lies in it. */
public enum DroppedPath {
    /** A run file, or a folder with one. */
    RUN,
    /** A Hugging Face folder or an ONNX file. */
    MODEL,
    /** Examples in a file, or a folder with a file for each part. */
    DATA,
    /** None of these. */
    UNKNOWN;

    /** Looks at names only; nothing is opened. */
    public static DroppedPath of(Path path) {
        if (Files.isDirectory(path)) {
            return Files.isRegularFile(path.resolve("run.json"))
                    ? RUN
                    : Files.isRegularFile(path.resolve("config.json"))
                                    || Files.isRegularFile(path.resolve("model.onnx"))
                                    || Files.isRegularFile(path.resolve("onnx/model.onnx"))
                            ? MODEL
                            : DATA;
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        String end = name.substring(name.lastIndexOf('.') + 1);
        return switch (end) {
            case "json" -> RUN;
            case "onnx", "safetensors" -> MODEL;
            case "tsv", "csv", "jsonl", "ndjson" -> DATA;
            default -> UNKNOWN;
        };
    }

    /** The folder of a weights file, since a model is more than its weights; else the path. */
    public static Path model(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")
                        && path.toAbsolutePath().getParent() != null
                ? path.toAbsolutePath().getParent()
                : path;
    }
}
