package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.Projection.Kind;
import io.pocketllm.model.VocabularyHead;

/** DistilBERT (arXiv 1910.01108): half of BERT's layers, no token types, names of its own. */
final class DistilBert implements Architecture {

    private static final String BASE = "distilbert.";

    /** Its class does not read one from the configuration. */
    private static final double EPSILON = 1e-12;

    private final Dimensions sizes;
    private final Activation activation;
    private final boolean tied;

    DistilBert(ConfigFile config) throws ModelException {
        int hidden = config.size("dim", Dimensions.MAX_SIZE);
        int heads = config.size("n_heads", Dimensions.MAX_SIZE);
        config.requireDivides("n_heads", heads, hidden, "dim");
        int layers = config.size("n_layers", Dimensions.MAX_LAYERS);
        sizes =
                Dimensions.plain(
                        ModelInfo.Kind.ENCODER,
                        layers,
                        hidden,
                        heads,
                        config.size("hidden_dim", Dimensions.MAX_SIZE),
                        config.size("vocab_size", Dimensions.MAX_COUNT),
                        config.size("max_position_embeddings", Dimensions.MAX_COUNT),
                        PrunedHeads.of(config, layers, heads));
        activation = Activation.of(config, "activation", "gelu");
        tied = config.flag("tie_word_embeddings", true);
    }

    @Override
    public Dimensions sizes() {
        return sizes;
    }

    @Override
    public String layersKey() {
        return "n_layers";
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
        String e = BASE + "embeddings.";
        String sum =
                blocks.add(
                        blocks.embedding(
                                e + "word_embeddings",
                                blocks.inputIds(),
                                sizes.vocabulary(),
                                hidden),
                        blocks.embedding(
                                e + "position_embeddings",
                                blocks.tokenRange(),
                                sizes.context(),
                                hidden));
        String x =
                blocks.layerNorm(
                        Part.NORMS, e + "LayerNorm", blocks.flatten(sum, hidden), hidden, EPSILON);
        blocks.layerOutput(x);
        Attention attention = new Attention(blocks, sizes, null);
        for (int i = 0; i < sizes.layers(); i++) {
            String name = BASE + "transformer.layer." + i + ".";
            x = blocks.unlessLeftOut(i, x, layer(blocks, attention, name, x));
            blocks.layerOutput(x);
        }
        return attention;
    }

    private String layer(Blocks blocks, Attention attention, String name, String x) {
        int h = sizes.hidden();
        int q = sizes.querySize(attention.layer());
        int inner = sizes.inner();
        Part part = Part.ATTENTION;
        String a = name + "attention.";
        String attended =
                attention.attend(
                        blocks.linear(part, Kind.QUERY, a + "q_lin", x, h, q, true),
                        blocks.linear(part, Kind.KEY, a + "k_lin", x, h, q, true),
                        blocks.linear(part, Kind.VALUE, a + "v_lin", x, h, q, true));
        String added =
                blocks.add(
                        blocks.linear(part, Kind.OUTPUT, a + "out_lin", attended, q, h, true), x);
        String y = blocks.layerNorm(Part.NORMS, name + "sa_layer_norm", added, h, EPSILON);
        Part feedForward = Part.FEED_FORWARD;
        String up =
                blocks.linear(feedForward, Kind.FEED_FORWARD, name + "ffn.lin1", y, h, inner, true);
        String down =
                blocks.linear(
                        feedForward,
                        Kind.FEED_FORWARD,
                        name + "ffn.lin2",
                        blocks.activation(activation, up),
                        inner,
                        h,
                        true);
        return blocks.layerNorm(
                Part.NORMS, name + "output_layer_norm", blocks.add(down, y), h, EPSILON);
    }

    @Override
    public VocabularyHead head(Blocks blocks) {
        Weights weights = blocks.weights();
        if (!weights.has("vocab_transform.weight")) {
            return null;
        }
        String words = BASE + "embeddings.word_embeddings.weight";
        return MaskedHead.of(
                blocks,
                "vocab_transform",
                activation,
                "vocab_layer_norm",
                sizes.hidden(),
                EPSILON,
                MaskedHead.decoder(weights, tied, words, "vocab_projector.weight", sizes),
                weights.get(Part.HEAD, "vocab_projector.bias", sizes.vocabulary()));
    }
}
