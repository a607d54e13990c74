package io.pocketllm.zo;

import io.pocketllm.tensor.SmallestShare;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * d = mask ⊙ z, the mask being the smallest share of |θ| in each tensor (Sparse-MeZO, arXiv
 * 2402.15751). It is found anew at the start of each step and kept for the step, one bit an
 * element: the perturbed values of the probes must not change it.
 */
final class SparseDirections implements DirectionSampler {

    private final NoiseSource noise;
    private final List<Tensor> tensors;
    private final TilePool pool;
    private final double share;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment[] masks;
    private int step;

    /**
     * @param share part of each tensor that moves, above 0, up to 1; of equal sizes at the border
     *     all move
     */
    SparseDirections(NoiseSource noise, List<Tensor> tensors, TilePool pool, double share) {
        this.noise = noise;
        this.tensors = tensors;
        this.pool = pool;
        this.share = share;
        masks =
                tensors.stream()
                        .map(tensor -> arena.allocate((tensor.elements() + 63) / 64 * 8, 8))
                        .toArray(MemorySegment[]::new);
    }

    @Override
    public void begin(int next) {
        step = next;
        for (int t = 0; t < masks.length; t++) {
            Tensor tensor = tensors.get(t);
            long kept = Math.max(1, (long) Math.ceil(share * tensor.elements()));
            float border = SmallestShare.border(tensor, kept);
            MemorySegment mask = masks[t];
            // Tiles are whole numbers of 64 elements, so no word is written by two threads.
            pool.forEachTile(
                    tensor.elements(),
                    (from, to) -> {
                        for (long word = from; word < to; word += 64) {
                            long bits = 0;
                            for (long i = word; i < Math.min(to, word + 64); i++) {
                                if (Math.abs(tensor.get(i)) <= border) {
                                    bits |= 1L << (i - word);
                                }
                            }
                            mask.setAtIndex(ValueLayout.JAVA_LONG, word / 64, bits);
                        }
                    });
        }
    }

    @Override
    public void fill(int k, int t, float[] target, long from, long to) {
        noise.fill(step, k, t, target, from, to);
        for (long i = from; i < to; i++) {
            long word = masks[t].getAtIndex(ValueLayout.JAVA_LONG, i >>> 6);
            if ((word >>> i & 1) == 0) {
                target[(int) (i - from)] = 0;
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
