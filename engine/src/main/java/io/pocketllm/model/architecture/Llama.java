package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.Projection.Kind;
import io.pocketllm.model.VocabularyHead;

/**
 * Llama (arXiv 2302.13971) and those built like it: SmolLM, TinyLlama, Qwen2 (biases on query, key
 * and value), MobileLLM (arXiv 2402.14905; each layer may be used twice in a row).
 */
final class Llama implements Architecture {

    private static final String BASE = "model.";

    private final Dimensions sizes;
    private final int storedLayers;
    private final Activation activation;
    private final double epsilon;
    private final RotaryPositions.Frequencies frequencies;
    private final boolean inputBias;
    private final boolean outputBias;
    private final boolean innerBias;
    private final CausalHead head;

    private Llama(ConfigFile config, boolean inputBias, boolean outputBias, CausalHead head)
            throws ModelException {
        int hidden = config.size("hidden_size", Dimensions.MAX_SIZE);
        int heads = config.size("num_attention_heads", Dimensions.MAX_SIZE);
        int keyValueHeads = config.integer("num_key_value_heads", heads, 1, Dimensions.MAX_SIZE);
        config.requireDivides("num_key_value_heads", keyValueHeads, heads, "num_attention_heads");
        if (!config.has("head_dim")) {
            config.requireDivides("num_attention_heads", heads, hidden, "hidden_size");
        }
        int headSize =
                config.integer(
                        "head_dim", Math.max(2, hidden / heads), 2, Dimensions.MAX_HEAD_SIZE);
        config.require("head_dim", headSize % 2 == 0, "heads of even size");
        storedLayers = config.size("num_hidden_layers", Dimensions.MAX_LAYERS);
        boolean shared = config.flag("layer_sharing", config.flag("share_layers", false));
        sizes =
                new Dimensions(
                        ModelInfo.Kind.DECODER,
                        shared ? 2 * storedLayers : storedLayers,
                        hidden,
                        hidden,
                        heads,
                        keyValueHeads,
                        headSize,
                        config.size("intermediate_size", 4 * Dimensions.MAX_SIZE),
                        config.size("vocab_size", Dimensions.MAX_COUNT),
                        config.integer("max_position_embeddings", 2048, 1, Dimensions.MAX_COUNT),
                        PrunedHeads.none(config));
        activation = Activation.of(config, "hidden_act", "silu");
        epsilon = config.number("rms_norm_eps", 1e-6, 0, 1);
        frequencies = RotaryPositions.Frequencies.of(config, headSize);
        this.inputBias = inputBias;
        this.outputBias = outputBias;
        innerBias = config.flag("mlp_bias", false);
        this.head = head;
    }

    static Llama llama(ConfigFile config) throws ModelException {
        boolean bias = config.flag("attention_bias", false);
        return new Llama(config, bias, bias, CausalHead.of(config, false));
    }

    /** Its configuration says {@code share_embedding} where others tie. */
    static Llama mobileLlm(ConfigFile config) throws ModelException {
        boolean bias = config.flag("attention_bias", false);
        boolean tied = config.flag("share_embedding", false);
        CausalHead head = CausalHead.of(config, false);
        return new Llama(config, bias, bias, new CausalHead(tied || head.tied(), head.needed()));
    }

    static Llama qwen2(ConfigFile config) throws ModelException {
        config.require("use_sliding_window", !config.flag("use_sliding_window", false), "false");
        return new Llama(config, true, false, CausalHead.of(config, false));
    }

    @Override
    public Dimensions sizes() {
        return sizes;
    }

    @Override
    public int uses() {
        return sizes.layers() / storedLayers;
    }

    /** Several heads of queries read one of keys and values; no configuration can take one away. */
    @Override
    public boolean losesHeads() {
        return false;
    }

    @Override
    public String base() {
        return BASE;
    }

    @Override
    public Attention addTo(Blocks blocks) {
        int hidden = sizes.hidden();
        String x =
                blocks.flatten(
                        blocks.embedding(
                                BASE + "embed_tokens",
                                blocks.inputIds(),
                                sizes.vocabulary(),
                                hidden),
                        hidden);
        blocks.layerOutput(x);
        RotaryPositions rotary = new RotaryPositions(blocks, frequencies);
        Attention attention = new Attention(blocks, sizes, rotary);
        for (int i = 0; i < sizes.layers(); i++) {
            String name = BASE + "layers." + i / uses() + ".";
            x = blocks.unlessLeftOut(i, x, layer(blocks, attention, name, x));
            if (i < sizes.layers() - 1) {
                blocks.layerOutput(x);
            }
        }
        blocks.layerOutput(blocks.rmsNorm(BASE + "norm", x, hidden, epsilon));
        return attention;
    }

    private String layer(Blocks blocks, Attention attention, String name, String x) {
        int h = sizes.hidden();
        int layer = attention.layer();
        int q = sizes.querySize(layer);
        int kv = sizes.keyValueSize(layer);
        Part part = Part.ATTENTION;
        String a = name + "self_attn.";
        String y = blocks.rmsNorm(name + "input_layernorm", x, h, epsilon);
        String attended =
                attention.attend(
                        blocks.linear(part, Kind.QUERY, a + "q_proj", y, h, q, inputBias),
                        blocks.linear(part, Kind.KEY, a + "k_proj", y, h, kv, inputBias),
                        blocks.linear(part, Kind.VALUE, a + "v_proj", y, h, kv, inputBias));
        x =
                blocks.add(
                        x,
                        blocks.linear(part, Kind.OUTPUT, a + "o_proj", attended, q, h, outputBias));
        y = blocks.rmsNorm(name + "post_attention_layernorm", x, h, epsilon);
        return blocks.add(x, fedForward(blocks, name + "mlp.", y));
    }

    /** SwiGLU (arXiv 2002.05202). */
    private String fedForward(Blocks blocks, String name, String x) {
        int h = sizes.hidden();
        int inner = sizes.inner();
        Part part = Part.FEED_FORWARD;
        Kind kind = Kind.FEED_FORWARD;
        String gate = blocks.linear(part, kind, name + "gate_proj", x, h, inner, innerBias);
        String up = blocks.linear(part, kind, name + "up_proj", x, h, inner, innerBias);
        String gated = blocks.multiply(blocks.activation(activation, gate), up);
        return blocks.linear(part, kind, name + "down_proj", gated, inner, h, innerBias);
    }

    @Override
    public VocabularyHead head(Blocks blocks) {
        return head.on(blocks.weights(), BASE + "embed_tokens.weight", sizes);
    }
}
