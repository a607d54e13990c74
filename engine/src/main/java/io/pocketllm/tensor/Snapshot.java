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
        store.tensors().forEach(copy::copyOf);
    }

    /** Puts the values back, bit for bit. */
    public void restore() {
        for (Tensor tensor : store.tensors()) {
            Tensor kept = copy.get(tensor.name());
            if (tensor.dtype() == DType.F32) {
                kept.widenInto(tensor);
            } else {
                // A half widens exactly, and back again.
                for (long i = 0; i < tensor.elements(); i++) {
                    tensor.set(i, kept.get(i));
                }
            }
        }
    }

    @Override
    public void close() {
        copy.close();
    }
}
