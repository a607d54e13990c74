package io.pocketllm.objective;

import io.pocketllm.data.Answers;
import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.tensor.ParameterStore;
import java.util.List;

/**
 * A {@link RowObjective} at several points in one forward pass: the batch's rows are repeated for
 * each point, and row block i meets copy i of everything that moves.
 */
public final class BranchedRows implements BranchedObjective {

    private final ForwardPass pass;
    private final RowObjective objective;
    private final int points;
    private final ParameterStore copies;
    private final int microBatch;

    /**
     * @param pass a graph built for {@code points} copies; closed with the objective
     * @param objective over that pass; turns a block of its rows into a loss
     * @param copies the tensors that the graph reads; owned by the caller
     * @param microBatch examples of the batch that meet the copies at once; 0 for all
     */
    public BranchedRows(
            ForwardPass pass,
            RowObjective objective,
            int points,
            ParameterStore copies,
            int microBatch) {
        this.microBatch = microBatch;
        this.pass = pass;
        this.objective = objective;
        this.points = points;
        this.copies = copies;
    }

    @Override
    public ParameterStore copies() {
        return copies;
    }

    @Override
    public double[] losses(Batch batch) {
        List<float[]> pieces =
                (microBatch == 0 ? List.of(batch) : batch.pieces(microBatch))
                        .stream()
                                .map(p -> pass.run(repeated(p, points), objective.lossOutput()))
                                .toList();
        double[] losses = new double[points];
        for (int i = 0; i < points; i++) {
            losses[i] = objective.loss(batch, ofPoint(pieces, i));
        }
        return losses;
    }

    /** A point's rows of every piece, in order. */
    private float[] ofPoint(List<float[]> pieces, int point) {
        float[] rows = new float[pieces.stream().mapToInt(p -> p.length / points).sum()];
        int at = 0;
        for (float[] piece : pieces) {
            int block = piece.length / points;
            System.arraycopy(piece, point * block, rows, at, block);
            at += block;
        }
        return rows;
    }

    /** The batch {@code times} times over, one whole batch after the other. */
    static Batch repeated(Batch batch, int times) {
        return new Batch(
                repeated(batch.inputIds(), times),
                repeated(batch.attentionMask(), times),
                batch.tokenTypeIds() == null ? null : repeated(batch.tokenTypeIds(), times),
                repeated(batch.labels(), times),
                repeated(batch.examples(), times),
                batch.size() * times,
                batch.length(),
                batch.rowsPerExample(),
                repeated(batch.answers(), batch.size(), batch.inputIds().length, times));
    }

    private static Answers repeated(Answers answers, int rows, int cells, int times) {
        long[] positions = repeated(answers.positions(), times);
        int[] rowOf = repeated(answers.rows(), times);
        for (int i = 0; i < positions.length; i++) {
            int block = i / answers.size();
            positions[i] += (long) block * cells;
            rowOf[i] += block * rows;
        }
        return new Answers(positions, repeated(answers.tokens(), times), rowOf);
    }

    private static long[] repeated(long[] values, int times) {
        long[] all = new long[values.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(values, 0, all, i * values.length, values.length);
        }
        return all;
    }

    private static int[] repeated(int[] values, int times) {
        int[] all = new int[values.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(values, 0, all, i * values.length, values.length);
        }
        return all;
    }

    @Override
    public void close() {
        pass.close();
    }
}
