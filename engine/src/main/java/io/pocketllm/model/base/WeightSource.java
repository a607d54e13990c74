package io.pocketllm.model.base;

import io.pocketllm.model.ModelException;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files that weights are read from, which can be mapped as often as one likes. */
public interface WeightSource {

    /** A mapping of the files. Closing it gives back the memory of every page that was read. */
    interface Opened extends AutoCloseable {

        /** The tensors by published name. */
        Map<String, Tensor> tensors();

        @Override
        void close();
    }

    /**
     * Maps the files.
     *
     * @throws ModelException where one is missing or damaged
     */
    Opened open() throws ModelException;

    /** The files that hold the weights. */
    List<Path> files();
}
