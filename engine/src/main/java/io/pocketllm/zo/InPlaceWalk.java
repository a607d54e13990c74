package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Moves the parameters from point to point of a step, in place. Each move is one pass over the
 * memory: from +ε to −ε it adds −2ε d, from one direction to the next it takes one back and adds
 * the other, and the last move restores and updates at once.
 *
 * <p>A replay makes the same moves without asking for a loss, so that every rounding is repeated.
 */
final class InPlaceWalk {

    private final List<Tensor> tensors;
    private final DirectionSampler directions;
    private final TilePool pool;
    private Point at = Point.BASE;

    InPlaceWalk(List<Tensor> tensors, DirectionSampler directions, TilePool pool) {
        this.tensors = tensors;
        this.directions = directions;
        this.pool = pool;
    }

    /** θ becomes that of {@code next}. */
    void to(Point next) {
        if (next.equals(at)) {
            return;
        }
        if (next.isBase()) {
            add(new int[] {at.direction()}, new float[] {-at.coefficient()});
        } else if (at.isBase()) {
            add(new int[] {next.direction()}, new float[] {next.coefficient()});
        } else if (at.direction() == next.direction()) {
            add(new int[] {at.direction()}, new float[] {next.coefficient() - at.coefficient()});
        } else {
            add(
                    new int[] {at.direction(), next.direction()},
                    new float[] {-at.coefficient(), next.coefficient()});
        }
        at = next;
    }

    private void add(int[] ks, float[] a) {
        Pass pass = new Pass(ks, a, 1);
        pass(t -> pass);
    }

    /**
     * From wherever the walk stands to keep · θ + Σ aₖ dₖ, which is the new θ.
     *
     * @param a one coefficient for each direction
     * @param decay share of θ that weights lose; biases and normalisation weights keep all
     */
    void update(float[] a, double decay) {
        Pass whole = restoringPass(a, 1);
        Pass decaying = restoringPass(a, (float) (1 - decay));
        pass(t -> keep(tensors.get(t), decay) == 1 ? whole : decaying);
        at = Point.BASE;
    }

    private Pass restoringPass(float[] a, float keep) {
        if (at.isBase()) {
            return new Pass(every(a.length), a, keep);
        }
        if (a.length == 1) {
            // MeZO's own case: restoring and updating draw one and the same z.
            float both = keep * -at.coefficient() + a[0];
            return new Pass(new int[] {0}, new float[] {both}, keep);
        }
        int[] ks = new int[a.length + 1];
        float[] all = new float[a.length + 1];
        ks[0] = at.direction();
        all[0] = keep * -at.coefficient();
        for (int k = 0; k < a.length; k++) {
            ks[k + 1] = k;
            all[k + 1] = a[k];
        }
        return new Pass(ks, all, keep);
    }

    /** The share of a tensor that a step leaves. */
    static float keep(Tensor tensor, double decay) {
        return decay > 0 && MethodSpec.decays(tensor.name()) ? (float) (1 - decay) : 1;
    }

    private static int[] every(int directions) {
        int[] all = new int[directions];
        for (int k = 0; k < directions; k++) {
            all[k] = k;
        }
        return all;
    }

    /** θ = keep · θ + Σ aⱼ d(kⱼ). */
    private record Pass(int[] ks, float[] a, float keep) {}

    /** One pass over all tensors, shared out among the threads as one list of tiles. */
    private void pass(IntFunction<Pass> of) {
        pool.forEachTile(
                tensors,
                (t, from, to) -> {
                    Pass pass = of.apply(t);
                    directions.addAll(tensors.get(t), t, pass.ks, pass.a, pass.keep, from, to);
                });
    }
}
