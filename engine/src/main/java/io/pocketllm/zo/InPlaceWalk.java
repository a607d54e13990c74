package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Moves the parameters from point to point of a step, in place. Each move is one pass over the
 * memory: from +ε to −ε it adds −2ε d, from one direction to the next it takes one back and adds
 * the other, and the last move restores and updates at once. For fp32.
 */
final class InPlaceWalk implements Walk {

    private final List<Tensor> tensors;
    private final DirectionSampler directions;
    private final TilePool pool;
    private Point at = Point.BASE;

    /** An update that waits for the next move, to share its pass over the memory. */
    private Waiting waiting;

    private PassCount count = PassCount.NONE;

    InPlaceWalk(List<Tensor> tensors, DirectionSampler directions, TilePool pool) {
        this.tensors = tensors;
        this.directions = directions;
        this.pool = pool;
    }

    @Override
    public void to(Point next) {
        if (waiting != null && !next.isBase()) {
            Waiting before = waiting;
            waiting = null;
            pass(before.then(next, directions.step()));
            at = next;
            return;
        }
        settle();
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

    @Override
    public void update(float[] a, double decay) {
        settle();
        Pass whole = restoringPass(a, 1);
        Pass decaying = restoringPass(a, (float) (1 - decay));
        pass(t -> Walk.keep(tensors.get(t), decay) == 1 ? whole : decaying);
        at = Point.BASE;
    }

    /**
     * Put off until the next move: then one pass restores, updates and perturbs. To the bit the
     * same, since each product and each sum of a pass is rounded as if it stood alone. Until {@link
     * #settle} the parameters are still those of the last probe.
     */
    @Override
    public void updateLater(float[] a, double decay) {
        int step = directions.step();
        if (step < 0) {
            update(a, decay);
            return;
        }
        waiting =
                new Waiting(
                        step, restoringPass(a, 1), restoringPass(a, (float) (1 - decay)), decay);
        at = Point.BASE;
    }

    @Override
    public void settle() {
        if (waiting != null) {
            Waiting now = waiting;
            waiting = null;
            pass(now.alone());
        }
    }

    private Pass restoringPass(float[] a, float keep) {
        if (at.isBase()) {
            return new Pass(Walk.every(a.length), a, keep);
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

    /** θ = keep · θ + Σ aⱼ d(kⱼ); directions of this step where {@code steps} is null. */
    private record Pass(int[] steps, int[] ks, float[] a, float keep) {

        Pass(int[] ks, float[] a, float keep) {
            this(null, ks, a, keep);
        }

        /** The same for the directions of a step that is over. */
        Pass of(int step) {
            int[] steps = new int[ks.length];
            Arrays.fill(steps, step);
            return new Pass(steps, ks, a, keep);
        }

        /** Followed by a · d of another step. */
        Pass then(int step, int k, float coefficient) {
            int last = ks.length;
            int[] allSteps = Arrays.copyOf(steps, last + 1);
            int[] allKs = Arrays.copyOf(ks, last + 1);
            float[] all = Arrays.copyOf(a, last + 1);
            allSteps[last] = step;
            allKs[last] = k;
            all[last] = coefficient;
            return new Pass(allSteps, allKs, all, keep);
        }
    }

    /** An update that was put off, for tensors that keep all and for those that decay. */
    private final class Waiting {

        private final double decay;
        private final Pass whole;
        private final Pass decaying;

        Waiting(int step, Pass whole, Pass decaying, double decay) {
            this(whole.of(step), decaying.of(step), decay);
        }

        private Waiting(Pass whole, Pass decaying, double decay) {
            this.whole = whole;
            this.decaying = decaying;
            this.decay = decay;
        }

        IntFunction<Pass> alone() {
            return t -> Walk.keep(tensors.get(t), decay) == 1 ? whole : decaying;
        }

        IntFunction<Pass> then(Point next, int step) {
            return new Waiting(
                            whole.then(step, next.direction(), next.coefficient()),
                            decaying.then(step, next.direction(), next.coefficient()),
                            decay)
                    .alone();
        }
    }

    @Override
    public PassCount takeCount() {
        PassCount taken = count;
        count = PassCount.NONE;
        return taken;
    }

    /** One pass over all tensors, shared out among the threads as one list of tiles. */
    private void pass(IntFunction<Pass> of) {
        double drawn = 0;
        double moved = 0;
        for (int t = 0; t < tensors.size(); t++) {
            drawn += (double) of.apply(t).ks.length * tensors.get(t).elements();
            moved += tensors.get(t).elements();
        }
        count = count.plus(drawn, moved, 1);
        pool.forEachTile(
                tensors,
                (t, from, to) -> {
                    Pass pass = of.apply(t);
                    Tensor tensor = tensors.get(t);
                    if (pass.steps == null) {
                        directions.addAll(tensor, t, pass.ks, pass.a, pass.keep, from, to);
                    } else {
                        directions.addAcross(
                                tensor, t, pass.steps, pass.ks, pass.a, pass.keep, from, to);
                    }
                });
    }
}
