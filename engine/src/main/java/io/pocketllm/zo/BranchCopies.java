package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;

/** Writes the points of a step into copies of the parameters, which themselves stay. */
final class BranchCopies {

    private BranchCopies() {}

    /** Copy number i of each tensor becomes θ + c · d of point i. */
    static void write(
            List<Tensor> tensors,
            ParameterStore copies,
            List<Point> points,
            DirectionSampler directions,
            TilePool pool) {
        for (int t = 0; t < tensors.size(); t++) {
            Tensor tensor = tensors.get(t);
            int place = t;
            long bytes = 4 * tensor.elements();
            Tensor stacked = copies.get(tensor.name());
            for (int i = 0; i < points.size(); i++) {
                Point point = points.get(i);
                Tensor copy =
                        new Tensor(
                                tensor.name(),
                                tensor.shape(),
                                stacked.memory().asSlice(i * bytes, bytes));
                tensor.widenInto(copy);
                if (!point.isBase()) {
                    pool.forEachTile(
                            tensor.elements(),
                            (from, to) ->
                                    directions.addAll(
                                            copy,
                                            place,
                                            new int[] {point.direction()},
                                            new float[] {point.coefficient()},
                                            1,
                                            from,
                                            to));
                }
            }
        }
    }
}
