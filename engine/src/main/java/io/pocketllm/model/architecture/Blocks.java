package io.pocketllm.model.architecture;

import static io.pocketllm.onnx.OnnxGraph.TO_BOOL;
import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.Projection;
import io.pocketllm.model.Projection.Kind;
import io.pocketllm.model.PruningMasks;
import io.pocketllm.model.Weight;
import io.pocketllm.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts every transformer is made of, put into one graph. Between layers a value has shape
 * (batch · tokens, size): so a linear layer is one Gemm on the checkpoint's own layout.
 */
final class Blocks {

    private final OnnxGraph graph;
    private final Weights weights;
    private final GraphOptions options;
    private final List<Projection> projections = new ArrayList<>();
    private final List<String> layerOutputs = new ArrayList<>();

    Blocks(OnnxGraph graph, Weights weights, GraphOptions options) {
        this.graph = graph;
        this.weights = weights;
        this.options = options;
    }

    private Weight wordTable;

    /** The table that token ids are looked up in. */
    Weight wordTable() {
        return wordTable;
    }

    OnnxGraph graph() {
        return graph;
    }

    Weights weights() {
        return weights;
    }

    GraphOptions options() {
        return options;
    }

    List<Projection> projections() {
        return projections;
    }

    List<String> layerOutputs() {
        return layerOutputs;
    }

    String inputIds() {
        return graph.addDataInput("input_ids", "batch", "tokens");
    }

    String attentionMask() {
        return graph.addDataInput("attention_mask", "batch", "tokens");
    }

    String positionIds() {
        return graph.addDataInput("position_ids", "batch", "tokens");
    }

    /** Rows of a table. Only they are widened, not the table. */
    String embedding(String module, String ids, int rows, int size) {
        Weight weight = weights.get(Part.EMBEDDINGS, module + ".weight", rows, size);
        if (ids.equals(inputIds())) {
            wordTable = weight;
        }
        return weight.addRows(graph, graph.fresh(module), ids);
    }

    /** A linear layer whose weight has shape (out, in). */
    String linear(
            Part part, Kind kind, String module, String input, int in, int out, boolean bias) {
        Weight weight = weights.get(part, module + ".weight", out, in);
        return linear(part, kind, module, weight, input, in, out, bias, true);
    }

    /** GPT-2's linear layer, whose weight has shape (in, out). */
    String conv1d(Part part, Kind kind, String module, String input, int in, int out) {
        Weight weight = weights.get(part, module + ".weight", in, out);
        return linear(part, kind, module, weight, input, in, out, true, false);
    }

    private String linear(
            Part part,
            Kind kind,
            String module,
            Weight weight,
            String input,
            int in,
            int out,
            boolean bias,
            boolean outputsFirst) {
        String shift = bias ? weights.get(part, module + ".bias", out).addTo(graph) : null;
        String output = graph.fresh(module);
        weight.addLinear(graph, output, input, outputsFirst, shift);
        String name = weight.name().substring(0, weight.name().length() - ".weight".length());
        projections.add(
                new Projection(name, input, output, weight.name(), in, out, outputsFirst, kind));
        return output;
    }

    /** Layer normalisation with scale and shift. */
    String layerNorm(Part part, String module, String input, int size, double epsilon) {
        return graph.add(
                "LayerNormalization",
                graph.fresh(module),
                List.of(
                        input,
                        weights.get(part, module + ".weight", size).addTo(graph),
                        weights.get(part, module + ".bias", size).addTo(graph)),
                attribute("axis", -1L),
                attribute("epsilon", (float) epsilon));
    }

    /** Layer normalisation without scale and shift. */
    String plainNorm(String module, String input, int size, double epsilon) {
        String name = graph.fresh(module);
        float[] ones = new float[size];
        java.util.Arrays.fill(ones, 1);
        return graph.add(
                "LayerNormalization",
                name,
                List.of(input, graph.floatConstants(name + "/ones", ones)),
                attribute("axis", -1L),
                attribute("epsilon", (float) epsilon));
    }

    /** Root-mean-square normalisation (arXiv 1910.07467). */
    String rmsNorm(String module, String input, int size, double epsilon) {
        return graph.add(
                "SimplifiedLayerNormalization",
                graph.fresh(module),
                List.of(input, weights.get(Part.NORMS, module + ".weight", size).addTo(graph)),
                attribute("axis", -1L),
                attribute("epsilon", (float) epsilon));
    }

    String activation(Activation activation, String input) {
        return activation.addTo(graph, graph.fresh(input + "/activation"), input);
    }

    String add(String a, String b) {
        return graph.add("Add", graph.fresh(a + "/sum"), List.of(a, b));
    }

    String multiply(String a, String b) {
        return graph.add("Mul", graph.fresh(a + "/product"), List.of(a, b));
    }

    /** The value times a mask of that name, where masks are asked for; rows of {@code size}. */
    String masked(String mask, String value, int size) {
        if (!options.masked()) {
            return value;
        }
        graph.addWeightInput(mask, size);
        return graph.add("Mul", graph.fresh(value + "/masked"), List.of(value, mask));
    }

    /**
     * What a layer gave; or, where masks are asked for and the layer's says so, what it was given.
     * A choice and no product, so that either is exact.
     */
    String unlessLeftOut(int layer, String given, String gave) {
        if (!options.masked()) {
            return gave;
        }
        String mask = PruningMasks.layer(layer);
        graph.addWeightInput(mask, 1);
        String passed = graph.add("Cast", graph.fresh(mask + "/passed"), List.of(mask), TO_BOOL);
        return graph.add("Where", graph.fresh(gave + "/chosen"), List.of(passed, gave, given));
    }

    /** From (batch, tokens, size) to (batch · tokens, size). */
    String flatten(String value, int size) {
        String name = graph.fresh(value + "/rows");
        return graph.add(
                "Reshape", name, List.of(value, graph.longConstants(name + "/shape", -1, size)));
    }

    /** From (batch · tokens, size) to (batch, tokens, size). */
    String unflatten(String value) {
        return unflatten(value, graph.fresh(value + "/tokens"));
    }

    private String unflatten(String value, String name) {
        return graph.add("Reshape", name, List.of(value, threeDimensions()));
    }

    private String threeDimensions;

    private String threeDimensions() {
        if (threeDimensions == null) {
            String rest = graph.longConstants("shape/rest", -1);
            threeDimensions =
                    graph.add(
                            "Concat",
                            "shape/tokens",
                            List.of(textShape(), rest),
                            attribute("axis", 0));
        }
        return threeDimensions;
    }

    private String textShape;

    /** The numbers of texts and of tokens, shape (2). */
    String textShape() {
        if (textShape == null) {
            textShape = graph.add("Shape", "shape/text", List.of(inputIds()));
        }
        return textShape;
    }

    private String tokenRange;

    /** 0, 1, … for the tokens of a text, shape (tokens). */
    String tokenRange() {
        if (tokenRange == null) {
            String one = graph.longConstant("range/one", 1);
            String tokens = graph.add("Gather", "shape/length", List.of(textShape(), one));
            String zero = graph.longConstant("range/zero", 0);
            tokenRange = graph.add("Range", "range/tokens", List.of(zero, tokens, one));
        }
        return tokenRange;
    }

    /**
     * How many marked tokens there are up to each, itself included, and 0 for a token that is not
     * marked; plus {@code offset}. Shape (batch, tokens).
     *
     * @param marks int64, 1 or 0
     */
    String countedPositions(String marks, long offset) {
        String axis = graph.longConstant("positions/axis", 1);
        String sum = graph.add("CumSum", "positions/sum", List.of(marks, axis));
        String real = graph.add("Mul", "positions/real", List.of(sum, marks));
        String by = graph.longConstant("positions/offset", offset);
        return graph.add("Add", "positions/ids", List.of(real, by));
    }

    /** Notes what the embeddings or a layer gave, as (batch, tokens, size). */
    void layerOutput(String value) {
        layerOutputs.add(unflatten(value, "hidden_states." + layerOutputs.size()));
    }
}
