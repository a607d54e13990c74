package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;

/**
 * d = U Vᵀ for a matrix of shape (m, n): U (m, r) is drawn at each step and for each direction, V
 * (n, r) every ν steps and shared by a step's directions; anything that is no matrix moves along
 * plain z (LOZO, arXiv 2410.07698).
 *
 * <p>U, V and z come from streams of their own, so the U that is applied is always the U that was
 * measured, on a step that draws a new V too.
 */
final class LowRankDirections implements DirectionSampler {

    /** Roles of U's streams start here; plain z has the direction's own number. */
    private static final int ROLE_U = 1 << 20;

    private static final int ROLE_V = 1 << 21;

    private final NoiseSource noise;
    private final List<Tensor> tensors;
    private final int rank;
    private final int refreshEvery;
    private final ParameterStore factors = new ParameterStore();
    private final Tensor[] v;
    private final Tensor[][] u;
    private int step;
    private int drawnAt;

    LowRankDirections(
            NoiseSource noise, List<Tensor> tensors, int directions, int rank, int refreshEvery) {
        this.noise = noise;
        this.tensors = tensors;
        this.rank = rank;
        this.refreshEvery = refreshEvery;
        v = new Tensor[tensors.size()];
        u = new Tensor[tensors.size()][directions];
        for (int t = 0; t < tensors.size(); t++) {
            if (isMatrix(t)) {
                long[] shape = tensors.get(t).shape();
                v[t] = factors.allocate("V" + t, shape[1], rank);
                for (int k = 0; k < directions; k++) {
                    u[t][k] = factors.allocate("U" + t + "," + k, shape[0], rank);
                }
            }
        }
    }

    boolean isMatrix(int t) {
        return tensors.get(t).shape().length == 2;
    }

    int rank() {
        return rank;
    }

    /** The step that drew the V in force at {@code step}. */
    int drawnAt(int step) {
        return (step - 1) / refreshEvery * refreshEvery + 1;
    }

    /** V in force, shape (n, r); null where the tensor is no matrix. */
    Tensor v(int t) {
        return v[t];
    }

    /** U of a direction, shape (m, r). */
    Tensor u(int t, int k) {
        return u[t][k];
    }

    /** Draws the V that was in force at an earlier step into {@code target}, shape (n, r). */
    void drawV(int earlier, int t, Tensor target) {
        draw(drawnAt(earlier), ROLE_V, t, target);
    }

    @Override
    public void begin(int next) {
        step = next;
        boolean refresh = drawnAt(next) != drawnAt;
        drawnAt = drawnAt(next);
        for (int t = 0; t < v.length; t++) {
            if (v[t] == null) {
                continue;
            }
            if (refresh) {
                draw(drawnAt, ROLE_V, t, v[t]);
            }
            for (int k = 0; k < u[t].length; k++) {
                draw(next, ROLE_U + k, t, u[t][k]);
            }
        }
    }

    private void draw(int at, int role, int t, Tensor target) {
        float[] buffer = new float[NoiseSource.CHUNK];
        for (long from = 0; from < target.elements(); from += NoiseSource.CHUNK) {
            long to = Math.min(target.elements(), from + NoiseSource.CHUNK);
            noise.fill(at, role, t, buffer, from, to);
            for (long i = from; i < to; i++) {
                target.set(i, buffer[(int) (i - from)]);
            }
        }
    }

    @Override
    public void fill(int k, int t, float[] target, long from, long to) {
        if (v[t] == null) {
            noise.fill(step, k, t, target, from, to);
            return;
        }
        product(u[t][k], v[t], target, from, to);
    }

    /** Elements [from, to) of X Vᵀ, row-major; X (m, r), V (n, r). */
    static void product(Tensor x, Tensor v, float[] target, long from, long to) {
        long columns = v.shape()[0];
        int rank = (int) v.shape()[1];
        long row = from / columns;
        long column = from % columns;
        for (int i = 0; i < to - from; i++) {
            float sum = 0;
            for (int r = 0; r < rank; r++) {
                sum += x.get(row * rank + r) * v.get(column * rank + r);
            }
            target[i] = sum;
            if (++column == columns) {
                column = 0;
                row++;
            }
        }
    }

    @Override
    public void close() {
        factors.close();
    }
}
