package io.pocketllm.model.architecture;

import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.model.ModelException;
import io.pocketllm.onnx.OnnxGraph;
import java.util.List;

/** The non-linearity inside a feed-forward block. */
enum Activation {
    /** x · Φ(x), by the error function. */
    GELU,
    /** The same by a tanh that comes close to it. */
    GELU_TANH,
    RELU,
    /** x · sigmoid(x). */
    SILU;

    private static final List<String> NAMES =
            List.of("gelu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "relu", "silu", "swish");

    /** The one a key of config.json names. */
    static Activation of(ConfigFile config, String key, String fallback) throws ModelException {
        String name = config.text(key, fallback);
        return switch (name) {
            case "gelu" -> GELU;
            case "gelu_new", "gelu_fast", "gelu_pytorch_tanh" -> GELU_TANH;
            case "relu" -> RELU;
            case "silu", "swish" -> SILU;
            default -> throw config.unknown(key, name, NAMES);
        };
    }

    String addTo(OnnxGraph graph, String output, String input) {
        return switch (this) {
            case GELU -> graph.add(OnnxGraph.RUNTIME + "Gelu", output, List.of(input));
            case GELU_TANH -> graph.add(OnnxGraph.RUNTIME + "FastGelu", output, List.of(input));
            case RELU -> graph.add("Relu", output, List.of(input));
            case SILU ->
                    graph.add(
                            OnnxGraph.RUNTIME + "QuickGelu",
                            output,
                            List.of(input),
                            attribute("alpha", 1f));
        };
    }
}
