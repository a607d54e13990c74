package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.Projection.Kind;
import io.pocketllm.model.VocabularyHead;

/**
 * OPT (arXiv 2205.01068). Positions count the real tokens of the mask, two rows into the table.
 * Norms come before attention and feed-forward, or after them (OPT-350m), whose embeddings are also
 * smaller than its hidden states.
 */
final class Opt implements Architecture {

    private static final String BASE = "model.decoder.";
    private static final int RESERVED_POSITIONS = 2;
    private static final double EPSILON = 1e-5;

    private final Dimensions sizes;
    private final Activation activation;
    private final boolean normBefore;
    private final boolean finalNorm;
    private final boolean bias;
    private final boolean affineNorms;
    private final CausalHead head;

    Opt(ConfigFile config) throws ModelException {
        int hidden = config.size("hidden_size", Dimensions.MAX_SIZE);
        int heads = config.size("num_attention_heads", Dimensions.MAX_SIZE);
        config.requireDivides("num_attention_heads", heads, hidden, "hidden_size");
        int layers = config.size("num_hidden_layers", Dimensions.MAX_LAYERS);
        sizes =
                new Dimensions(
                        ModelInfo.Kind.DECODER,
                        layers,
                        hidden,
                        config.integer("word_embed_proj_dim", hidden, 1, Dimensions.MAX_SIZE),
                        heads,
                        heads,
                        hidden / heads,
                        config.size("ffn_dim", Dimensions.MAX_SIZE),
                        config.size("vocab_size", Dimensions.MAX_COUNT),
                        config.size("max_position_embeddings", Dimensions.MAX_COUNT),
                        PrunedHeads.of(config, layers, heads));
        activation = Activation.of(config, "activation_function", "relu");
        normBefore = config.flag("do_layer_norm_before", true);
        finalNorm = normBefore && !config.flag("_remove_final_layer_norm", false);
        bias = config.flag("enable_bias", true);
        affineNorms = config.flag("layer_norm_elementwise_affine", true);
        head = CausalHead.of(config, true);
    }

    @Override
    public Dimensions sizes() {
        return sizes;
    }

    @Override
    public boolean losesHeads() {
        return true;
    }

    @Override
    public String base() {
        return BASE;
    }

    private boolean projects() {
        return sizes.state() != sizes.hidden();
    }

    @Override
    public Attention addTo(Blocks blocks) {
        int hidden = sizes.hidden();
        int state = sizes.state();
        String x =
                blocks.embedding(
                        BASE + "embed_tokens", blocks.inputIds(), sizes.vocabulary(), state);
        x = blocks.flatten(x, state);
        if (projects()) {
            x = projection(blocks, "project_in", x, state, hidden);
        }
        String places =
                blocks.embedding(
                        BASE + "embed_positions",
                        // A real token's count starts at 1, its place at 0.
                        blocks.countedPositions(blocks.attentionMask(), RESERVED_POSITIONS - 1L),
                        sizes.context() + RESERVED_POSITIONS,
                        hidden);
        x = blocks.add(x, blocks.flatten(places, hidden));
        blocks.layerOutput(x);
        Attention attention = new Attention(blocks, sizes, null);
        for (int i = 0; i < sizes.layers(); i++) {
            String name = BASE + "layers." + i + ".";
            x = blocks.unlessLeftOut(i, x, layer(blocks, attention, name, x));
            if (i < sizes.layers() - 1) {
                blocks.layerOutput(x);
            }
        }
        if (finalNorm) {
            x = norm(blocks, BASE + "final_layer_norm", x);
        }
        if (projects()) {
            x = projection(blocks, "project_out", x, hidden, state);
        }
        blocks.layerOutput(x);
        return attention;
    }

    private static String projection(Blocks blocks, String name, String x, int in, int out) {
        return blocks.linear(Part.EMBEDDINGS, Kind.OTHER, BASE + name, x, in, out, false);
    }

    private String norm(Blocks blocks, String name, String x) {
        return affineNorms
                ? blocks.layerNorm(Part.NORMS, name, x, sizes.hidden(), EPSILON)
                : blocks.plainNorm(name, x, sizes.hidden(), EPSILON);
    }

    private String layer(Blocks blocks, Attention attention, String name, String x) {
        String attentionNorm = name + "self_attn_layer_norm";
        String y = normBefore ? norm(blocks, attentionNorm, x) : x;
        x = blocks.add(x, attended(blocks, attention, name + "self_attn.", y));
        x = normBefore ? x : norm(blocks, attentionNorm, x);
        String feedForwardNorm = name + "final_layer_norm";
        y = normBefore ? norm(blocks, feedForwardNorm, x) : x;
        x = blocks.add(x, fedForward(blocks, name, y));
        return normBefore ? x : norm(blocks, feedForwardNorm, x);
    }

    private String attended(Blocks blocks, Attention attention, String name, String x) {
        int h = sizes.hidden();
        int q = sizes.querySize(attention.layer());
        Part part = Part.ATTENTION;
        String attended =
                attention.attend(
                        blocks.linear(part, Kind.QUERY, name + "q_proj", x, h, q, bias),
                        blocks.linear(part, Kind.KEY, name + "k_proj", x, h, q, bias),
                        blocks.linear(part, Kind.VALUE, name + "v_proj", x, h, q, bias));
        return blocks.linear(part, Kind.OUTPUT, name + "out_proj", attended, q, h, bias);
    }

    private String fedForward(Blocks blocks, String name, String x) {
        int h = sizes.hidden();
        int inner = sizes.inner();
        Part part = Part.FEED_FORWARD;
        Kind kind = Kind.FEED_FORWARD;
        String up = blocks.linear(part, kind, name + "fc1", x, h, inner, bias);
        String active = blocks.activation(activation, up);
        return blocks.linear(part, kind, name + "fc2", active, inner, h, bias);
    }

    @Override
    public VocabularyHead head(Blocks blocks) {
        return head.on(blocks.weights(), BASE + "embed_tokens.weight", sizes);
    }
}
