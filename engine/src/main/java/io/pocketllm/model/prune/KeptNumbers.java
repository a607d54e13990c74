package io.pocketllm.model.prune;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.base.WeightWindow;
import io.pocketllm.tensor.SmallestShare;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * The numbers of a tensor that stay, as they are stored, piece by piece. Can be passed as often as
 * one likes; a piece is good until the next one comes, and may be changed.
 */
final class KeptNumbers implements SmallestShare.Stripes<ModelException> {

    private final WeightWindow window;
    private final TensorCut cut;
    private final MemorySegment buffer;

    /**
     * @param buffer room for a piece; one row of what stays at least
     */
    KeptNumbers(WeightWindow window, TensorCut cut, MemorySegment buffer) {
        this.window = window;
        this.cut = cut;
        this.buffer = buffer;
    }

    @Override
    public void each(Consumer<Tensor> stripe) throws ModelException {
        if (cut.isWhole()) {
            eachOfWhole(stripe);
        } else {
            eachOfRows(stripe);
        }
    }

    private void eachOfWhole(Consumer<Tensor> stripe) throws ModelException {
        int bytes = cut.dtype().bytes();
        long all = Tensor.elements(cut.shape()) * bytes;
        long most = buffer.byteSize() / bytes * bytes;
        for (long from = 0; from < all; from += most) {
            long length = Math.min(most, all - from);
            Tensor source = window.tensor(cut.source(), length);
            MemorySegment.copy(source.memory(), from, buffer, 0, length);
            give(stripe, length);
        }
    }

    private void eachOfRows(Consumer<Tensor> stripe) throws ModelException {
        int bytes = cut.dtype().bytes();
        long columns = cut.shape().length == 1 ? 1 : cut.shape()[1];
        long keptColumns = cut.keptColumns() == null ? columns : cut.keptColumns().length;
        int rows = cut.keptRows() == null ? (int) cut.shape()[0] : cut.keptRows().length;
        int most = Math.clamp(buffer.byteSize() / (keptColumns * bytes), 1, rows);
        for (int first = 0; first < rows; first += most) {
            int count = Math.min(most, rows - first);
            Tensor source = window.tensor(cut.source(), count * columns * bytes);
            for (int r = 0; r < count; r++) {
                int row = cut.keptRows() == null ? first + r : cut.keptRows()[first + r];
                copyRow(source, row * columns * bytes, r * keptColumns * bytes, columns * bytes);
            }
            give(stripe, count * keptColumns * bytes);
        }
    }

    /** All of a row, or its columns that stay in runs of neighbours. */
    private void copyRow(Tensor source, long from, long to, long rowBytes) {
        int[] kept = cut.keptColumns();
        if (kept == null) {
            MemorySegment.copy(source.memory(), from, buffer, to, rowBytes);
            return;
        }
        int bytes = cut.dtype().bytes();
        for (int start = 0; start < kept.length; ) {
            int end = start + 1;
            while (end < kept.length && kept[end] == kept[end - 1] + 1) {
                end++;
            }
            MemorySegment.copy(
                    source.memory(),
                    from + (long) kept[start] * bytes,
                    buffer,
                    to + (long) start * bytes,
                    (long) (end - start) * bytes);
            start = end;
        }
    }

    private void give(Consumer<Tensor> stripe, long bytes) {
        long[] shape = {bytes / cut.dtype().bytes()};
        stripe.accept(new Tensor(cut.target(), cut.dtype(), shape, buffer.asSlice(0, bytes)));
    }
}
