package io.pocketllm.objective;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The directions in which a layer's inputs mostly lie, gathered from forward passes: eigenvectors
 * of Σ x xᵀ, largest first.
 *
 * <p>A linear layer's gradient is a sum of outer products with its inputs x, so it lies in their
 * span; a search inside the top few directions keeps most of the gradient and far fewer dimensions
 * (the idea of activation-guided ZO in adapter form).
 */
public final class PrincipalDirections {

    private final int size;
    private final double[] moment;
    private long rows;

    /**
     * @param size numbers in an input
     */
    public PrincipalDirections(int size) {
        this.size = size;
        this.moment = new double[size * size];
    }

    /** Adds the input at {@code values[from .. from + size)}. */
    public void add(float[] values, int from) {
        for (int i = 0; i < size; i++) {
            double xi = values[from + i];
            for (int j = 0; j <= i; j++) {
                moment[i * size + j] += xi * values[from + j];
            }
        }
        rows++;
    }

    /**
     * The top directions as columns.
     *
     * @param rank columns; more than there are dimensions is cut down
     * @param exponent each column is multiplied by the root mean square of the inputs along it to
     *     this power: 0 gives unit columns; -1 makes the inputs' coordinates alike in size, so that
     *     a step of one size moves the output alike along each; +1 gives columns as long as the
     *     inputs reach along them
     * @return shape (size, rank), row-major
     */
    public float[] columns(int rank, double exponent) {
        int kept = Math.min(rank, size);
        DMatrixRMaj matrix = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double mean = moment[i * size + j] / Math.max(1, rows);
                matrix.set(i, j, mean);
                matrix.set(j, i, mean);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(matrix)) {
            throw new ArithmeticException(
                    "the activations' second moments have no eigenvectors: a value is not finite");
        }
        Integer[] order = new Integer[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        java.util.Arrays.sort(
                order,
                (a, b) ->
                        Double.compare(
                                eigen.getEigenvalue(b).getReal(),
                                eigen.getEigenvalue(a).getReal()));
        // Directions in which hardly anything was seen are not blown up without bound.
        double floor = 1e-8 * Math.max(eigen.getEigenvalue(order[0]).getReal(), Double.MIN_NORMAL);
        float[] columns = new float[size * kept];
        for (int k = 0; k < kept; k++) {
            DMatrixRMaj vector = eigen.getEigenVector(order[k]);
            double meanSquare = Math.max(eigen.getEigenvalue(order[k]).getReal(), floor);
            double factor = sign(vector) * Math.pow(meanSquare, exponent / 2);
            for (int i = 0; i < size; i++) {
                columns[i * kept + k] = (float) (factor * vector.get(i));
            }
        }
        return columns;
    }

    /**
     * An eigenvector's sign is arbitrary; the largest component decides, so that results repeat.
     */
    private static double sign(DMatrixRMaj vector) {
        double largest = 0;
        for (int i = 0; i < vector.getNumElements(); i++) {
            if (Math.abs(vector.get(i)) > Math.abs(largest)) {
                largest = vector.get(i);
            }
        }
        return largest < 0 ? -1 : 1;
    }
}
