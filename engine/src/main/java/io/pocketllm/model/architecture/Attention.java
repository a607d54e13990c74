package io.pocketllm.model.architecture;

import static io.pocketllm.onnx.OnnxGraph.TO_BOOL;
import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.model.ForwardGraph.KeyValue;
import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.model.PruningMasks;
import io.pocketllm.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * The attention of all layers: who sees whom, made once; a prefix in front; and heads of keys and
 * values that several query heads share.
 */
final class Attention {

    /**
     * Added to the scores of tokens that must not be seen. Finite, so that a padding token, which
     * may see nothing at all, does not become NaN and spoil the others through the values.
     */
    private static final float UNSEEN = -1e30f;

    private final Blocks blocks;
    private final OnnxGraph graph;
    private final Dimensions sizes;
    private final RotaryPositions rotary;
    private final String bias;
    private final List<KeyValue> keyValues = new ArrayList<>();
    private final List<String> prefixInputs = new ArrayList<>();

    /**
     * @param rotary null where positions are part of the embeddings
     */
    Attention(Blocks blocks, Dimensions sizes, RotaryPositions rotary) {
        this.blocks = blocks;
        this.graph = blocks.graph();
        this.sizes = sizes;
        this.rotary = rotary;
        this.bias = bias();
    }

    List<KeyValue> keyValues() {
        return keyValues;
    }

    List<String> prefixInputs() {
        return prefixInputs;
    }

    /** The layer whose attention comes next, counted from 0 as tokens pass them. */
    int layer() {
        return keyValues.size();
    }

    /** Shape (batch, 1, tokens, prefix + tokens): 0 for a token that is seen. */
    private String bias() {
        String real = graph.add("Cast", "mask/real", List.of(blocks.attentionMask()), TO_BOOL);
        String axes = graph.longConstants("mask/axes", 1, 2);
        String keys = graph.add("Unsqueeze", "mask/keys", List.of(real, axes));
        String mask =
                sizes.kind() == Kind.DECODER
                        ? bias(graph.add("And", "mask/visible", List.of(keys, notAfter())))
                        : forEachToken(bias(keys));
        int prefix = blocks.options().prefixTokens();
        return prefix == 0
                ? mask
                : graph.add(
                        "Pad",
                        "mask/with_prefix",
                        List.of(
                                mask,
                                graph.longConstants("mask/pads", 0, 0, 0, prefix, 0, 0, 0, 0)));
    }

    private String bias(String visible) {
        return graph.add(
                "Where",
                "mask/bias",
                List.of(
                        visible,
                        graph.floatConstant("mask/seen", 0),
                        graph.floatConstant("mask/unseen", UNSEEN)));
    }

    /** Shape (tokens, tokens): true for the token itself and those before it. */
    private String notAfter() {
        String range = blocks.tokenRange();
        String last = graph.longConstants("mask/last", 1);
        String first = graph.longConstants("mask/first", 0);
        String column = graph.add("Unsqueeze", "mask/column", List.of(range, last));
        String row = graph.add("Unsqueeze", "mask/row", List.of(range, first));
        return graph.add("GreaterOrEqual", "mask/causal", List.of(column, row));
    }

    /** From (batch, 1, 1, tokens) to (batch, 1, tokens, tokens). */
    private String forEachToken(String mask) {
        String one = graph.longConstants("mask/one", 1);
        String tokens = graph.add("Gather", "mask/tokens", List.of(blocks.textShape(), one));
        String shape =
                graph.add(
                        "Concat",
                        "mask/shape",
                        List.of(one, one, tokens, one),
                        attribute("axis", 0));
        return graph.add("Expand", "mask/expanded", List.of(mask, shape));
    }

    /**
     * One layer's attention.
     *
     * @param queries shape (batch · tokens, heads · headSize)
     * @param keys shape (batch · tokens, keyValueHeads · headSize)
     * @param values the same shape
     * @return shape (batch · tokens, heads · headSize)
     */
    String attend(String queries, String keys, String values) {
        int layer = layer();
        String name = "attention/" + layer;
        String q = blocks.unflatten(queries);
        String k = blocks.unflatten(keys);
        String v = blocks.unflatten(values);
        if (rotary != null) {
            q = rotary.turn(q);
            k = rotary.turn(k);
        }
        keyValues.add(new KeyValue(k, v));
        if (blocks.options().prefixTokens() > 0) {
            k = withPrefix(name + "/key", "prefix.layers." + layer + ".key", k, layer);
            v = withPrefix(name + "/value", "prefix.layers." + layer + ".value", v, layer);
        }
        if (sizes.keyValueHeads(layer) != sizes.heads(layer)) {
            k = repeated(name + "/key", k, layer);
            v = repeated(name + "/value", v, layer);
        }
        String attended =
                graph.add(
                        OnnxGraph.RUNTIME + "MultiHeadAttention",
                        name,
                        List.of(q, k, v, "", "", bias),
                        attribute("num_heads", (long) sizes.heads(layer)));
        int size = sizes.querySize(layer);
        return blocks.masked(PruningMasks.heads(layer), blocks.flatten(attended, size), size);
    }

    private String withPrefix(String name, String input, String rows, int layer) {
        int tokens = blocks.options().prefixTokens();
        int size = sizes.keyValueSize(layer);
        graph.addWeightInput(input, tokens, size);
        prefixInputs.add(input);
        String shape =
                graph.add(
                        "Concat",
                        name + "/prefix_shape",
                        List.of(texts(), graph.longConstants(name + "/prefix_size", tokens, size)),
                        attribute("axis", 0));
        String prefix = graph.add("Expand", name + "/prefix", List.of(input, shape));
        return graph.add(
                "Concat", name + "/with_prefix", List.of(prefix, rows), attribute("axis", 1));
    }

    private String texts;

    /** The number of texts, shape (1). */
    private String texts() {
        if (texts == null) {
            texts =
                    graph.add(
                            "Gather",
                            "shape/texts",
                            List.of(blocks.textShape(), graph.longConstants("shape/first", 0)));
        }
        return texts;
    }

    /** Each head of keys or values as often as query heads read it, side by side. */
    private String repeated(String name, String value, int layer) {
        int keyValueHeads = sizes.keyValueHeads(layer);
        int times = sizes.heads(layer) / keyValueHeads;
        String apart =
                graph.add(
                        "Reshape",
                        name + "/heads",
                        List.of(
                                value,
                                graph.longConstants(
                                        name + "/heads_shape",
                                        0,
                                        0,
                                        keyValueHeads,
                                        1,
                                        sizes.headSize())));
        String copied =
                graph.add(
                        "Expand",
                        name + "/copied",
                        List.of(apart, graph.longConstants(name + "/times", 1, 1, 1, times, 1)));
        return graph.add(
                "Reshape",
                name + "/repeated",
                List.of(copied, graph.longConstants(name + "/size", 0, 0, sizes.querySize(layer))));
    }
}
