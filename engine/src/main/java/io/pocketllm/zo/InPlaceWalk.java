package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;
import java.util.List;

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
        for (int t = 0; t < tensors.size(); t++) {
            pass(t, ks, a, 1);
        }
    }

    /**
     * From wherever the walk stands to keep · θ + Σ aₖ dₖ, which is the new θ.
     *
     * @param a one coefficient for each direction
     * @param decay share of θ that weights lose; biases and normalisation weights keep all
     */
    void update(float[] a, double decay) {
        for (int t = 0; t < tensors.size(); t++) {
            float keep = keep(tensors.get(t), decay);
            if (at.isBase()) {
                pass(t, every(a.length), a, keep);
            } else if (a.length == 1) {
                // MeZO's own case: restoring and updating draw one and the same z.
                float both = keep * -at.coefficient() + a[0];
                pass(t, new int[] {0}, new float[] {both}, keep);
            } else {
                int[] ks = new int[a.length + 1];
                float[] all = new float[a.length + 1];
                ks[0] = at.direction();
                all[0] = keep * -at.coefficient();
                for (int k = 0; k < a.length; k++) {
                    ks[k + 1] = k;
                    all[k + 1] = a[k];
                }
                pass(t, ks, all, keep);
            }
        }
        at = Point.BASE;
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

    private void pass(int t, int[] ks, float[] a, float keep) {
        Tensor tensor = tensors.get(t);
        pool.forEachTile(
                tensor.elements(),
                (from, to) -> directions.addAll(tensor, t, ks, a, keep, from, to));
    }
}
