package io.pocketllm.model.architecture;

import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.Projection.Kind;
import io.pocketllm.model.VocabularyHead;
import java.util.List;

/**
 * GPT-2. Its linear layers keep their weights as (in, out), and one of them makes query, key and
 * value at once.
 */
final class Gpt2 implements Architecture {

    private static final String BASE = "transformer.";

    private final Dimensions sizes;
    private final Activation activation;
    private final double epsilon;
    private final CausalHead head;

    Gpt2(ConfigFile config) throws ModelException {
        int hidden = config.size("n_embd", Dimensions.MAX_SIZE);
        int heads = config.size("n_head", Dimensions.MAX_SIZE);
        config.requireDivides("n_head", heads, hidden, "n_embd");
        int layers = config.size("n_layer", Dimensions.MAX_LAYERS);
        sizes =
                Dimensions.plain(
                        ModelInfo.Kind.DECODER,
                        layers,
                        hidden,
                        heads,
                        config.integer("n_inner", 4 * hidden, 1, 4 * Dimensions.MAX_SIZE),
                        config.size("vocab_size", Dimensions.MAX_COUNT),
                        config.size(
                                config.has("n_positions") ? "n_positions" : "n_ctx",
                                Dimensions.MAX_COUNT),
                        PrunedHeads.of(config, layers, heads));
        activation = Activation.of(config, "activation_function", "gelu_new");
        epsilon = config.number("layer_norm_epsilon", 1e-5, 0, 1);
        config.require("scale_attn_weights", config.flag("scale_attn_weights", true), "true");
        config.require(
                "scale_attn_by_inverse_layer_idx",
                !config.flag("scale_attn_by_inverse_layer_idx", false),
                "false");
        head = CausalHead.of(config, true);
    }

    @Override
    public Dimensions sizes() {
        return sizes;
    }

    @Override
    public String layersKey() {
        return "n_layer";
    }

    @Override
    public boolean losesHeads() {
        return true;
    }

    @Override
    public String base() {
        return BASE;
    }

    @Override
    public Attention addTo(Blocks blocks) {
        int hidden = sizes.hidden();
        String sum =
                blocks.add(
                        blocks.embedding(
                                BASE + "wte", blocks.inputIds(), sizes.vocabulary(), hidden),
                        blocks.embedding(
                                BASE + "wpe", blocks.positionIds(), sizes.context(), hidden));
        String x = blocks.flatten(sum, hidden);
        blocks.layerOutput(x);
        Attention attention = new Attention(blocks, sizes, null);
        for (int i = 0; i < sizes.layers(); i++) {
            x = blocks.unlessLeftOut(i, x, layer(blocks, attention, BASE + "h." + i + ".", x));
            if (i < sizes.layers() - 1) {
                blocks.layerOutput(x);
            }
        }
        blocks.layerOutput(blocks.layerNorm(Part.NORMS, BASE + "ln_f", x, hidden, epsilon));
        return attention;
    }

    private String layer(Blocks blocks, Attention attention, String name, String x) {
        int h = sizes.hidden();
        int q = sizes.querySize(attention.layer());
        Part part = Part.ATTENTION;
        String y = blocks.layerNorm(Part.NORMS, name + "ln_1", x, h, epsilon);
        String all = blocks.conv1d(part, Kind.QUERY_KEY_VALUE, name + "attn.c_attn", y, h, 3 * q);
        List<String> split =
                blocks.graph()
                        .add(
                                "Split",
                                List.of(all + "/query", all + "/key", all + "/value"),
                                List.of(all, blocks.graph().longConstants(all + "/sizes", q, q, q)),
                                attribute("axis", 1L));
        String attended = attention.attend(split.get(0), split.get(1), split.get(2));
        String out = name + "attn.c_proj";
        x = blocks.add(x, blocks.conv1d(part, Kind.OUTPUT, out, attended, q, h));
        y = blocks.layerNorm(Part.NORMS, name + "ln_2", x, h, epsilon);
        Kind kind = Kind.FEED_FORWARD;
        String up = blocks.conv1d(Part.FEED_FORWARD, kind, name + "mlp.c_fc", y, h, sizes.inner());
        String active = blocks.activation(activation, up);
        String down = name + "mlp.c_proj";
        return blocks.add(
                x, blocks.conv1d(Part.FEED_FORWARD, kind, down, active, sizes.inner(), h));
    }

    @Override
    public VocabularyHead head(Blocks blocks) {
        return head.on(blocks.weights(), BASE + "wte.weight", sizes);
    }
}
