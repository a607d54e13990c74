package io.pocketllm.tensor;

import io.pocketllm.tensor.SafetensorsStream.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes tensors that are in memory into a safetensors file. */
public final class SafetensorsWriter {

    private SafetensorsWriter() {}

    /**
     * Writes all of {@code tensors} in the format they are stored in. The file appears whole or not
     * at all.
     *
     * @param metadata text pairs for the header's {@code __metadata__}
     */
    public static void write(Path file, Collection<Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        List<Entry> entries =
                tensors.stream().map(t -> new Entry(t.name(), t.dtype(), t.shape())).toList();
        try (SafetensorsStream stream = new SafetensorsStream(file, entries, metadata)) {
            for (Tensor tensor : tensors) {
                stream.append(tensor.memory().asByteBuffer());
            }
            stream.finish();
        }
    }
}
