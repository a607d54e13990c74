package io.pocketllm.tensor;

/**
 * The values of a store at one moment, outside the heap: trying something out leaves no rounding.
 */
public final class Snapshot implements AutoCloseable {

    private final ParameterStore store;
    private final ParameterStore copy = new ParameterStore();

    /** Copies every tensor of {@code store}. */
    public Snapshot(ParameterStore store) {
        this.store = store;
        store.tensors().forEach(copy::sameAs);
    }

    /** Puts the values back, bit for bit. */
    public void restore() {
        for (Tensor tensor : store.tensors()) {
            copy.get(tensor.name()).copyInto(tensor);
        }
    }

    @Override
    public void close() {
        copy.close();
    }
}
