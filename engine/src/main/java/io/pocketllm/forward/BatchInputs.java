package io.pocketllm.forward;

import ai.onnxruntime.OnnxTensor;
import io.pocketllm.data.Batch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a batch gives a graph, and how what comes back of its pieces is put together. */
final class BatchInputs {

    /** Inputs of one number an answer's token, not one a text's token. */
    private static final String ANSWER_INPUTS = "answer_";

    private BatchInputs() {}

    /** The batch, in pieces of so many examples where it has more; 0 for whole. */
    static List<Batch> pieces(Batch batch, int microBatch) {
        return microBatch == 0 || batch.examples().length <= microBatch
                ? List.of(batch)
                : batch.pieces(microBatch);
    }

    /** Each output's numbers behind one another; outputs of each piece in one order. */
    static List<float[]> joined(List<List<float[]>> pieces) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        List<float[]> joined = new ArrayList<>();
        for (int i = 0; i < pieces.getFirst().size(); i++) {
            int place = i;
            joined.add(behindOneAnother(pieces.stream().map(piece -> piece.get(place)).toList()));
        }
        return joined;
    }

    private static float[] behindOneAnother(List<float[]> pieces) {
        float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int from = 0;
        for (float[] piece : pieces) {
            System.arraycopy(piece, 0, all, from, piece.length);
            from += piece.length;
        }
        return all;
    }

    /** A copy of a tensor's fp32 numbers. */
    static float[] floats(OnnxTensor tensor) {
        FloatBuffer values = tensor.getFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        return copy;
    }

    /** The shape of a data input. */
    static long[] shape(Batch batch, String input) {
        return input.startsWith(ANSWER_INPUTS)
                ? new long[] {numbers(batch, input).length}
                : new long[] {batch.size(), batch.length()};
    }

    /** What a batch gives for a data input. */
    static long[] numbers(Batch batch, String input) {
        return switch (input) {
            case "input_ids" -> batch.inputIds();
            case "attention_mask" -> batch.attentionMask();
            case "token_type_ids" ->
                    batch.tokenTypeIds() == null
                            ? new long[batch.inputIds().length]
                            : batch.tokenTypeIds();
            case "position_ids" -> positions(batch);
            case "answer_positions" -> batch.answers().positions();
            case "answer_tokens" ->
                    Arrays.stream(batch.answers().tokens()).mapToLong(t -> t).toArray();
            default ->
                    throw new IllegalArgumentException(
                            "the model asks for the input \"" + input + "\", which no text gives");
        };
    }

    private static long[] positions(Batch batch) {
        long[] positions = new long[batch.inputIds().length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i % batch.length();
        }
        return positions;
    }
}
