package io.pocketllm.model.base;

import io.pocketllm.model.ModelException;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Files that weights are read from, which can be mapped as often as one likes.
 *
 * @param files the files that hold the weights
 * @param opener maps them
 */
public record WeightSource(List<Path> files, Opener opener) {

    /** How the files are mapped. */
    @FunctionalInterface
    public interface Opener {

        /**
         * Maps the files.
         *
         * @throws ModelException where one is missing or damaged
         */
        Opened open() throws ModelException;
    }

    /**
     * A mapping of the files. Closing it gives back the memory of every page that was read.
     *
     * @param tensors by published name
     */
    public record Opened(Map<String, Tensor> tensors, Runnable onClose) {}
}
