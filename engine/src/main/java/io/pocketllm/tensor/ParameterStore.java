package io.pocketllm.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors that training moves, by name and in a fixed order, in memory that the store owns. The
 * optimiser changes fp32 tensors in place while ONNX Runtime reads the same bytes; halves stand
 * still but for updates, and whoever runs the model asks {@link #feed} how they stand at the
 * moment.
 *
 * <p>Closing the store frees the memory; nothing may use a tensor of it afterwards.
 */
public final class ParameterStore implements AutoCloseable {

    /** A cache line and a full AVX-512 register. */
    private static final long ALIGNMENT_BYTES = 64;

    private final Arena arena = Arena.ofShared();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private WeightFeed feed = WeightFeed.AS_STORED;

    /**
     * Adds a tensor of zeros.
     *
     * @throws IllegalArgumentException where the name is taken
     */
    public Tensor allocate(String name, long... shape) {
        return allocate(name, DType.F32, shape);
    }

    /**
     * Adds a tensor of zeros in any format.
     *
     * @throws IllegalArgumentException where the name is taken
     */
    public Tensor allocate(String name, DType dtype, long... shape) {
        if (tensors.containsKey(name)) {
            throw new IllegalArgumentException("the tensor " + name + " is there already");
        }
        MemorySegment memory =
                arena.allocate(dtype.bytes() * Tensor.elements(shape), ALIGNMENT_BYTES);
        Tensor tensor = new Tensor(name, dtype, shape, memory);
        tensors.put(name, tensor);
        return tensor;
    }

    /** Adds a copy of {@code source} under its own name and in its own format. */
    public Tensor sameAs(Tensor source) {
        Tensor copy = allocate(source.name(), source.dtype(), source.shape());
        copy.memory().copyFrom(source.memory());
        return copy;
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

    /**
     * How the tensors stand at the moment, as fp32; as they are stored where nobody lent a feed.
     */
    public WeightFeed feed() {
        return feed;
    }

    /**
     * Says how the tensors stand from now on, without moving them.
     *
     * @return the feed before, to be given back when the other is done
     */
    public WeightFeed lend(WeightFeed other) {
        WeightFeed before = feed;
        feed = other;
        return before;
    }

    @Override
    public void close() {
        arena.close();
    }
}
