package io.pocketllm.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors that training moves, by name and in a fixed order, in memory that the store owns. The
 * optimiser changes them in place while ONNX Runtime reads the same bytes.
 *
 * <p>Closing the store frees the memory; nothing may use a tensor of it afterwards.
 */
public final class ParameterStore implements AutoCloseable {

    /** A cache line and a full AVX-512 register. */
    private static final long ALIGNMENT_BYTES = 64;

    private final Arena arena = Arena.ofShared();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /**
     * Adds a tensor of zeros.
     *
     * @throws IllegalArgumentException where the name is taken
     */
    public Tensor allocate(String name, long... shape) {
        if (tensors.containsKey(name)) {
            throw new IllegalArgumentException("the tensor " + name + " is there already");
        }
        MemorySegment memory = arena.allocate(4 * Tensor.elements(shape), ALIGNMENT_BYTES);
        Tensor tensor = new Tensor(name, shape, memory);
        tensors.put(name, tensor);
        return tensor;
    }

    /** Adds an fp32 copy of {@code source} under its own name. */
    public Tensor copyOf(Tensor source) {
        Tensor copy = allocate(source.name(), source.shape());
        source.widenInto(copy);
        return copy;
    }

    /**
     * The tensor of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name + " in " + tensors.keySet());
        }
        return tensor;
    }

    /** All tensors in the order they were added. */
    public Collection<Tensor> tensors() {
        return Collections.unmodifiableCollection(tensors.values());
    }

    /** How many numbers all tensors hold. */
    public long elements() {
        return tensors.values().stream().mapToLong(Tensor::elements).sum();
    }

    @Override
    public void close() {
        arena.close();
    }
}
