package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.WeightFeed;
import io.pocketllm.tensor.Widening;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves the parameters where they are: a probe's θ ± εz exists only in what is fed to the model,
 * in fp32, part by part ({@link WeightFeed}). For parameters kept as halves. In place they would be
 * rounded on the way to +ε, to −ε and back, and ε itself be lost where a weight is large; here an
 * update is the only rounding of a step, and it is stochastic ({@link StochasticRounding}).
 */
final class StreamedWalk implements Walk, WeightFeed {

    private final ParameterStore parameters;
    private final List<Tensor> tensors;
    private final DirectionSampler directions;
    private final TilePool pool;
    private final StochasticRounding rounding;
    private final WeightFeed before;
    private final Map<String, Integer> places = new HashMap<>();
    private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);
    private Point at = Point.BASE;
    private PassCount count = PassCount.NONE;
    private int step;

    /** What a thread works through a tile with. */
    private static final class Buffers {
        private final float[] sum = new float[(int) NoiseStream.TILE_ELEMENTS];
        private final float[] draw = new float[(int) NoiseStream.TILE_ELEMENTS];
        private final Widening widening = new Widening();
        private final short[] halves = new short[(int) NoiseStream.TILE_ELEMENTS];
    }

    /** Lends itself to {@code parameters} until it is closed. */
    StreamedWalk(ParameterStore parameters, DirectionSampler directions, TilePool pool, long seed) {
        this.parameters = parameters;
        this.tensors = List.copyOf(parameters.tensors());
        this.directions = directions;
        this.pool = pool;
        this.rounding = new StochasticRounding(seed);
        for (int t = 0; t < tensors.size(); t++) {
            places.put(tensors.get(t).name(), t);
        }
        before = parameters.lend(this);
    }

    /** Called before a step's first probe. */
    void begin(int next) {
        step = next;
    }

    @Override
    public void to(Point next) {
        at = next;
    }

    @Override
    public void write(List<Part> parts) {
        int[] ks = at.isBase() ? new int[0] : new int[] {at.direction()};
        float[] a = {at.coefficient()};
        double fed = parts.stream().mapToLong(Part::elements).sum();
        count = count.plus(ks.length * fed, fed, 0);
        pool.forEachTile(
                parts.stream().mapToLong(Part::elements).toArray(),
                (p, from, to) -> {
                    Part part = parts.get(p);
                    inBlocks(
                            from,
                            to,
                            (mine, start, count) -> {
                                sum(mine, part.tensor(), ks, a, 1, part.from() + start, count);
                                MemorySegment.copy(
                                        mine.sum,
                                        0,
                                        part.target(),
                                        ValueLayout.JAVA_FLOAT_UNALIGNED,
                                        4 * start,
                                        count);
                            });
                });
    }

    @Override
    public void update(float[] a, double decay) {
        at = Point.BASE;
        int[] ks = Walk.every(a.length);
        double elements = parameters.elements();
        count = count.plus(ks.length * elements, elements, 1);
        pool.forEachTile(
                tensors,
                (t, from, to) -> {
                    Tensor tensor = tensors.get(t);
                    float keep = Walk.keep(tensor, decay);
                    inBlocks(
                            from,
                            to,
                            (mine, start, count) -> {
                                sum(mine, tensor, ks, a, keep, start, count);
                                rounding.store(
                                        step, t, tensor, start, mine.sum, count, mine.halves);
                            });
                });
    }

    /** Works on a thread's buffers that hold so many elements. */
    @FunctionalInterface
    private interface Block {
        void work(Buffers mine, long start, int count);
    }

    /** Where there is one thread, tensors come whole. */
    private void inBlocks(long from, long to, Block block) {
        Buffers mine = buffers.get();
        for (long start = from; start < to; start += mine.sum.length) {
            block.work(mine, start, (int) Math.min(mine.sum.length, to - start));
        }
    }

    /**
     * Nothing waits: what would share a pass with it reads the parameters and does not move them.
     */
    @Override
    public void updateLater(float[] a, double decay) {
        update(a, decay);
    }

    @Override
    public void settle() {}

    @Override
    public PassCount takeCount() {
        PassCount taken = count;
        count = PassCount.NONE;
        return taken;
    }

    /** keep · θ + Σ aₖ dₖ of so many elements, in the order of the same sum in place. */
    private void sum(
            Buffers mine, Tensor tensor, int[] ks, float[] a, float keep, long from, int count) {
        mine.widening.read(tensor, from, mine.sum, count);
        float[] sum = mine.sum;
        if (keep != 1) {
            for (int i = 0; i < count; i++) {
                sum[i] *= keep;
            }
        }
        int t = places.get(tensor.name());
        for (int j = 0; j < ks.length; j++) {
            directions.fill(ks[j], t, mine.draw, from, from + count);
            float[] draw = mine.draw;
            float scale = a[j];
            for (int i = 0; i < count; i++) {
                sum[i] += scale * draw[i];
            }
        }
    }

    @Override
    public void close() {
        parameters.lend(before);
    }
}
