package io.pocketllm.model.architecture;

import static io.pocketllm.onnx.OnnxGraph.TO_FLOAT;
import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.model.ModelException;
import io.pocketllm.onnx.OnnxGraph;
import java.util.List;

/**
 * Rotary positions (RoPE, arXiv 2104.09864): queries and keys are turned by angles that grow with
 * the position. Cosines and sines are computed for the positions at hand, not tabled for the whole
 * context.
 */
final class RotaryPositions {

    /** How fast each pair of numbers turns, in radians a token. */
    record Frequencies(float[] perToken) {

        /** As config.json says: rope_theta, and rope_scaling of type linear or llama3. */
        static Frequencies of(ConfigFile config, int headSize) throws ModelException {
            // Newer files keep both in one object.
            ConfigFile scaling =
                    config.object(
                            config.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
            double theta =
                    scaling.number(
                            "rope_theta", config.number("rope_theta", 10_000, 1, 1e12), 1, 1e12);
            String key = scaling.has("type") && !scaling.has("rope_type") ? "type" : "rope_type";
            String type = scaling.text(key, "default");
            float[] perToken = new float[headSize / 2];
            for (int i = 0; i < perToken.length; i++) {
                double plain = Math.pow(theta, -2.0 * i / headSize);
                perToken[i] =
                        (float)
                                switch (type) {
                                    case "default" -> plain;
                                    case "linear" -> plain / scaling.number("factor", 1, 1, 1e6);
                                    case "llama3" -> llama3(scaling, plain);
                                    default ->
                                            throw scaling.unknown(
                                                    key,
                                                    type,
                                                    List.of("default", "linear", "llama3"));
                                };
            }
            return new Frequencies(perToken);
        }

        /** Llama 3.1: slow turns are slowed by a factor, fast ones kept, those between blended. */
        private static double llama3(ConfigFile scaling, double plain) throws ModelException {
            double factor = scaling.number("factor", 8, 1, 1e6);
            double low = scaling.number("low_freq_factor", 1, 1e-3, 1e6);
            double high = scaling.number("high_freq_factor", 4, 1e-3, 1e6);
            double context =
                    scaling.integer(
                            "original_max_position_embeddings", 8192, 1, Dimensions.MAX_COUNT);
            double turnsInContext = context * plain / (2 * Math.PI);
            if (turnsInContext > high) {
                return plain;
            }
            if (turnsInContext < low) {
                return plain / factor;
            }
            double kept = (turnsInContext - low) / (high - low);
            return (1 - kept) * plain / factor + kept * plain;
        }
    }

    private final OnnxGraph graph;
    private final String rows;
    private final String cosines;
    private final String sines;

    RotaryPositions(Blocks blocks, Frequencies frequencies) {
        graph = blocks.graph();
        String column =
                graph.add(
                        "Reshape",
                        "rotary/column",
                        List.of(
                                blocks.positionIds(),
                                graph.longConstants("rotary/column_shape", -1, 1)));
        String positions = graph.add("Cast", "rotary/positions", List.of(column), TO_FLOAT);
        String perToken = graph.floatConstants("rotary/per_token", frequencies.perToken());
        // Shape (batch · tokens, headSize / 2): one row of the table for each token of the batch.
        String angles = graph.add("Mul", "rotary/angles", List.of(positions, perToken));
        cosines = graph.add("Cos", "rotary/cos", List.of(angles));
        sines = graph.add("Sin", "rotary/sin", List.of(angles));
        String zero = graph.longConstant("rotary/zero", 0);
        String one = graph.longConstant("rotary/one", 1);
        String count =
                graph.add(
                        "ReduceProd",
                        "rotary/count",
                        List.of(blocks.textShape()),
                        attribute("keepdims", 0L));
        String range = graph.add("Range", "rotary/range", List.of(zero, count, one));
        rows = graph.add("Reshape", "rotary/rows", List.of(range, blocks.textShape()));
    }

    /** Turns a value of shape (batch, tokens, heads · headSize). */
    String turn(String value) {
        return graph.add(
                OnnxGraph.RUNTIME + "RotaryEmbedding",
                value + "/turned",
                List.of(value, rows, cosines, sines));
    }
}
