package io.pocketllm.onnx;

import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds weights that an exporter wrote twice, as they are or transposed: the embedding and the
 * vocabulary projection of a model that ties them, the layers of a model that shares them. A method
 * that moves one of them must move the other.
 *
 * <p>Only matrices whose numbers differ among themselves count: two biases of zeros are no copy of
 * each other. Candidates are found by a handful of sampled numbers and then compared in full, so a
 * model without copies is hardly read.
 */
final class TiedWeights {

    private static final int SAMPLES = 48;

    /** Columns of one tile of the transposed comparison: 64 rows of 64 numbers stay in cache. */
    private static final int TILE = 64;

    /**
     * A weight that repeats another.
     *
     * @param copy name of the repetition
     * @param owner name of the weight that stays
     * @param transposed true where the copy is the owner's transpose
     */
    record Tie(String copy, String owner, boolean transposed) {}

    private TiedWeights() {}

    /**
     * The repetitions among weights.
     *
     * @param weights those that should own come first
     */
    static List<Tie> find(Collection<Tensor> weights) {
        Map<String, List<Tensor>> owners = new HashMap<>();
        List<Tie> ties = new ArrayList<>();
        for (Tensor weight : weights) {
            if (weight.shape().length != 2 || isOneNumber(weight)) {
                continue;
            }
            String plain = fingerprint(weight, false);
            String turned = fingerprint(weight, true);
            Tie tie = tie(weight, owners.getOrDefault(plain, List.of()), false);
            if (tie == null) {
                tie = tie(weight, owners.getOrDefault(turned, List.of()), true);
            }
            if (tie != null) {
                ties.add(tie);
            } else {
                owners.computeIfAbsent(plain, k -> new ArrayList<>()).add(weight);
            }
        }
        return ties;
    }

    private static Tie tie(Tensor weight, List<Tensor> owners, boolean transposed) {
        for (Tensor owner : owners) {
            boolean same =
                    transposed
                            ? isTranspose(weight, owner)
                            : weight.memory().mismatch(owner.memory()) < 0;
            if (same) {
                return new Tie(weight.name(), owner.name(), transposed);
            }
        }
        return null;
    }

    private static boolean isOneNumber(Tensor weight) {
        long elements = weight.elements();
        if (elements < 2) {
            return true;
        }
        int size = weight.dtype().bytes();
        MemorySegment memory = weight.memory();
        // A block equal to itself moved by one number holds that number throughout.
        return memory.asSlice(0, (elements - 1) * size)
                        .mismatch(memory.asSlice(size, (elements - 1) * size))
                < 0;
    }

    /** Shape and sampled numbers, of the weight or of its transpose. */
    private static String fingerprint(Tensor weight, boolean transposed) {
        long[] shape = weight.shape();
        long rows = transposed ? shape[1] : shape[0];
        long columns = transposed ? shape[0] : shape[1];
        int[] bits = new int[SAMPLES];
        for (int k = 0; k < SAMPLES; k++) {
            // Steps of a golden ratio spread over both axes.
            long row = (long) ((k * 0.6180339887498949 % 1) * rows);
            long column = (long) ((k * 0.7548776662466927 % 1) * columns);
            long index = transposed ? column * rows + row : row * columns + column;
            bits[k] = bits(weight, index);
        }
        return weight.dtype() + " " + rows + " " + columns + " " + Arrays.toString(bits);
    }

    private static boolean isTranspose(Tensor weight, Tensor owner) {
        long rows = weight.shape()[0];
        long columns = weight.shape()[1];
        for (long r0 = 0; r0 < rows; r0 += TILE) {
            for (long c0 = 0; c0 < columns; c0 += TILE) {
                for (long r = r0; r < Math.min(rows, r0 + TILE); r++) {
                    for (long c = c0; c < Math.min(columns, c0 + TILE); c++) {
                        if (bits(weight, r * columns + c) != bits(owner, c * rows + r)) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    private static int bits(Tensor tensor, long index) {
        return tensor.dtype() == DType.F32
                ? tensor.memory().getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index)
                : tensor.memory().getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index);
    }
}
