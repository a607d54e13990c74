package io.pocketllm.model.base;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's weights in fp32 as a quantised base means them: the slow twin of a graph over it. */
public final class DecodedWeights {

    private DecodedWeights() {}

    /**
     * @param stored the model's weights
     * @param store takes the decoded ones
     */
    public static Collection<Tensor> of(
            BaseWeights base, Map<String, Tensor> stored, ParameterStore store) throws IOException {
        Map<String, Tensor> all = new LinkedHashMap<>(stored);
        for (Tensor tensor : stored.values()) {
            if (base.quantised(tensor.name()).isPresent()) {
                all.put(tensor.name(), decoded(base, tensor, store));
            }
        }
        return all.values();
    }

    private static Tensor decoded(BaseWeights base, Tensor stored, ParameterStore store)
            throws IOException {
        Matrix matrix = base.matrix(stored.name());
        Kernel kernel = BaseWeights.kernel(base.spec(), matrix);
        Path data = base.file().data();
        float[] outputs;
        try (FileChannel file = FileChannel.open(data);
                Arena arena = Arena.ofConfined()) {
            MemorySegment all = file.map(FileChannel.MapMode.READ_ONLY, 0, Files.size(data), arena);
            List<Kernel.Part> parts = kernel.parts(matrix);
            MemorySegment[] segments =
                    parts.stream()
                            .map(p -> base.file().entries().get(stored.name() + p.suffix()))
                            .map(e -> all.asSlice(e.offset(), e.bytes()))
                            .toArray(MemorySegment[]::new);
            outputs = Decoded.of(kernel, matrix, segments);
        }
        Tensor tensor = store.allocate(stored.name(), stored.shape());
        for (int o = 0; o < matrix.outSize(); o++) {
            for (int i = 0; i < matrix.inSize(); i++) {
                long at =
                        matrix.outputsFirst()
                                ? (long) o * matrix.inSize() + i
                                : (long) i * matrix.outSize() + o;
                tensor.set(at, outputs[o * matrix.inSize() + i]);
            }
        }
        return tensor;
    }
}
