package io.pocketllm.onnx;

import java.util.List;
import java.util.Map;

/**
 * A run of nodes as a graph of its own. Segments that do the same have the same bytes, whatever
 * their values and weights are called outside, so that one session serves all of them.
 *
 * @param model the graph for ONNX Runtime
 * @param values values it reads: its own name for each, to the name outside. Outside they are data
 *     inputs or outputs of segments before
 * @param weights what it reads of weights
 * @param outputs its own name for each value it gives, to the name outside
 * @param last names outside of values that nothing reads after it
 */
public record Segment(
        byte[] model,
        Map<String, String> values,
        List<WeightInput> weights,
        Map<String, String> outputs,
        List<String> last) {

    /** A weight, or a part of it, as an fp32 input. */
    public sealed interface WeightInput {

        /** The segment's own name for it. */
        String input();

        /** The weight it is of. */
        String weight();
    }

    /**
     * Elements [from, from + product of the shape) of a weight, row-major.
     *
     * @param shape sizes of the input's dimensions
     */
    public record Slice(String input, String weight, long from, long[] shape)
            implements WeightInput {}

    /**
     * The rows of a table that are looked up, each once, and where each look-up finds its own.
     *
     * @param rowSize numbers of a row
     * @param places the segment's own name for the int64 input of places among the rows; its shape
     *     is that of the ids
     * @param ids name outside of the data input that holds the ids; null where {@code fixed} does
     * @param fixed ids that are always the same, one dimension; null where {@code ids} names them
     */
    public record Rows(
            String input, String weight, long rowSize, String places, String ids, long[] fixed)
            implements WeightInput {}
}
