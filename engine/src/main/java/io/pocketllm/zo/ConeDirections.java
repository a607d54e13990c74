package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;

/**
 * d = sin φ · z + cos φ · √D · m / ‖m‖: normal numbers leaning towards a running mean of what was
 * measured, m = β m + (1 − β) g d, so that directions stay in a cone around it (ConMeZO). D is how
 * many numbers move. Until something was measured d = z.
 */
final class ConeDirections implements DirectionSampler {

    private final NoiseSource noise;
    private final List<Tensor> tensors;
    private final TilePool pool;
    private final float decay;
    private final float sine;
    private final double cosine;
    private final ParameterStore buffers = new ParameterStore();
    private final Tensor[] mean;
    private final long elements;
    private int step;
    private float ahead;
    private float aside;

    /**
     * @param angle φ, radians
     * @param decay β
     */
    ConeDirections(
            NoiseSource noise, List<Tensor> tensors, TilePool pool, double angle, double decay) {
        this.noise = noise;
        this.tensors = tensors;
        this.pool = pool;
        this.decay = (float) decay;
        // StrictMath: a replay on another platform must lean by the same bits.
        this.sine = (float) StrictMath.sin(angle);
        this.cosine = StrictMath.cos(angle);
        this.mean = Buffers.like(tensors, "cone", buffers);
        this.elements = tensors.stream().mapToLong(Tensor::elements).sum();
    }

    @Override
    public void begin(int next) {
        step = next;
        double norm = Math.sqrt(squaredNorm());
        ahead = norm > 0 ? (float) (cosine * Math.sqrt(elements) / norm) : 0;
        aside = norm > 0 ? sine : 1;
    }

    /** In the order of the elements whatever the threads. */
    private double squaredNorm() {
        double sum = 0;
        for (Tensor m : mean) {
            for (long i = 0; i < m.elements(); i++) {
                sum += (double) m.get(i) * m.get(i);
            }
        }
        return sum;
    }

    @Override
    public void fill(int k, int t, float[] target, long from, long to) {
        noise.fill(step, k, t, target, from, to);
        for (int i = 0; i < to - from; i++) {
            target[i] = aside * target[i] + ahead * mean[t].get(from + i);
        }
    }

    @Override
    public void learn(float[] slopes) {
        for (int t = 0; t < mean.length; t++) {
            int place = t;
            pool.forEachTile(
                    tensors.get(t).elements(),
                    (from, to) ->
                            Buffers.forEachGradient(
                                    this,
                                    place,
                                    slopes,
                                    from,
                                    to,
                                    (i, gradient) -> {
                                        Tensor m = mean[place];
                                        m.set(i, decay * m.get(i) + (1 - decay) * gradient);
                                    }));
        }
    }

    @Override
    public void close() {
        buffers.close();
    }
}
