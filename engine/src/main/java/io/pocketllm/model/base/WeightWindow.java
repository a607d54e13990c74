package io.pocketllm.model.base;

import io.pocketllm.model.ModelException;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads weights output by output through a mapping that is made anew every so often, so that the
 * pages behind it never add up: what is mapped and read counts as this process's memory.
 */
public final class WeightWindow implements AutoCloseable {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final WeightSource source;
    private final long windowBytes;
    private WeightSource.Opened opened;
    private long bytesRead;

    /**
     * @param windowBytes how much is read through one mapping
     */
    public WeightWindow(WeightSource source, long windowBytes) {
        this.source = source;
        this.windowBytes = windowBytes;
    }

    /**
     * The tensor, of which the caller will now read so many bytes at most; good until the next
     * call.
     *
     * @throws ModelException where the files are not what they were
     */
    public Tensor tensor(String name, long bytes) throws ModelException {
        if (opened != null && bytesRead + bytes > windowBytes) {
            close();
        }
        if (opened == null) {
            opened = source.opener().open();
            bytesRead = 0;
        }
        bytesRead += bytes;
        Tensor tensor = opened.tensors().get(name);
        if (tensor == null) {
            throw new ModelException(
                    source.files().getFirst() + ": does not hold " + name + " any more",
                    "The model's files must not change while they are read; start again.");
        }
        return tensor;
    }

    /**
     * The weights of outputs [first, first + count), one output after the other, widened to fp32.
     *
     * @param panel room for {@code count} · inSize numbers
     */
    static void read(Tensor tensor, Matrix matrix, int first, int count, float[] panel) {
        int in = matrix.inSize();
        if (matrix.outputsFirst()) {
            copy(tensor, (long) first * in, panel, count * in);
            return;
        }
        float[] row = new float[count];
        for (int i = 0; i < in; i++) {
            copy(tensor, (long) i * matrix.outSize() + first, row, count);
            for (int o = 0; o < count; o++) {
                panel[o * in + i] = row[o];
            }
        }
    }

    private static void copy(Tensor tensor, long from, float[] target, int count) {
        MemorySegment memory = tensor.memory();
        switch (tensor.dtype()) {
            case F32 -> MemorySegment.copy(memory, FLOAT, from * 4, target, 0, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target[i] = Float.float16ToFloat(memory.getAtIndex(SHORT, from + i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target[i] = Float.intBitsToFloat(memory.getAtIndex(SHORT, from + i) << 16);
                }
            }
            default -> throw new IllegalArgumentException(tensor.name() + ": " + tensor.dtype());
        }
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.onClose().run();
            opened = null;
        }
    }
}
