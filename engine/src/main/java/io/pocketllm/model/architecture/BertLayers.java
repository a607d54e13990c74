package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.Projection.Kind;
import io.pocketllm.model.VocabularyHead;
import io.pocketllm.model.Weight;

/**
 * What BERT (arXiv 1810.04805) and RoBERTa share: keys of config.json, the sum of embeddings, and
 * layers that normalise after each addition.
 */
final class BertLayers {

    private final String base;
    private final Dimensions sizes;
    private final int positions;
    private final int tokenTypes;
    private final Activation activation;
    private final double epsilon;
    private final boolean tied;

    /**
     * @param base {@code bert.} or {@code roberta.}
     * @param reserved rows at the start of the position table that no token uses
     */
    BertLayers(ConfigFile config, String base, int reserved) throws ModelException {
        this.base = base;
        int hidden = config.size("hidden_size", Dimensions.MAX_SIZE);
        int heads = config.size("num_attention_heads", Dimensions.MAX_SIZE);
        config.requireDivides("num_attention_heads", heads, hidden, "hidden_size");
        positions = config.size("max_position_embeddings", Dimensions.MAX_COUNT);
        config.require("max_position_embeddings", positions > reserved, "more than " + reserved);
        int layers = config.size("num_hidden_layers", Dimensions.MAX_LAYERS);
        sizes =
                Dimensions.plain(
                        ModelInfo.Kind.ENCODER,
                        layers,
                        hidden,
                        heads,
                        config.size("intermediate_size", Dimensions.MAX_SIZE),
                        config.size("vocab_size", Dimensions.MAX_COUNT),
                        positions - reserved,
                        PrunedHeads.of(config, layers, heads));
        tokenTypes = config.integer("type_vocab_size", 2, 1, 1000);
        activation = Activation.of(config, "hidden_act", "gelu");
        epsilon = config.number("layer_norm_eps", 1e-12, 0, 1);
        tied = config.flag("tie_word_embeddings", true);
        config.require(
                "position_embedding_type",
                config.text("position_embedding_type", "absolute").equals("absolute"),
                "absolute");
        config.require("is_decoder", !config.flag("is_decoder", false), "false");
    }

    Dimensions sizes() {
        return sizes;
    }

    /**
     * Adds embeddings and layers.
     *
     * @param positionIds int64, shape (tokens) or (batch, tokens)
     */
    Attention addTo(Blocks blocks, String positionIds) {
        int hidden = sizes.hidden();
        String e = base + "embeddings.";
        String words =
                blocks.embedding(
                        e + "word_embeddings", blocks.inputIds(), sizes.vocabulary(), hidden);
        // Where all tokens are of one type there is nothing to ask for.
        String types =
                tokenTypes == 1
                        ? blocks.graph().longConstants("token_type", 0)
                        : blocks.graph().addDataInput("token_type_ids", "batch", "tokens");
        String sum =
                blocks.add(
                        blocks.add(
                                words,
                                blocks.embedding(
                                        e + "token_type_embeddings", types, tokenTypes, hidden)),
                        blocks.embedding(
                                e + "position_embeddings", positionIds, positions, hidden));
        String x =
                blocks.layerNorm(
                        Part.NORMS, e + "LayerNorm", blocks.flatten(sum, hidden), hidden, epsilon);
        blocks.layerOutput(x);
        Attention attention = new Attention(blocks, sizes, null);
        for (int i = 0; i < sizes.layers(); i++) {
            String name = base + "encoder.layer." + i + ".";
            x = blocks.unlessLeftOut(i, x, layer(blocks, attention, name, x));
            blocks.layerOutput(x);
        }
        return attention;
    }

    private String layer(Blocks blocks, Attention attention, String name, String x) {
        int h = sizes.hidden();
        int q = sizes.querySize(attention.layer());
        String self = name + "attention.self.";
        Part part = Part.ATTENTION;
        String attended =
                attention.attend(
                        blocks.linear(part, Kind.QUERY, self + "query", x, h, q, true),
                        blocks.linear(part, Kind.KEY, self + "key", x, h, q, true),
                        blocks.linear(part, Kind.VALUE, self + "value", x, h, q, true));
        String out = name + "attention.output.";
        String added =
                blocks.add(
                        blocks.linear(part, Kind.OUTPUT, out + "dense", attended, q, h, true), x);
        String y = blocks.layerNorm(Part.NORMS, out + "LayerNorm", added, h, epsilon);
        String inner =
                blocks.activation(
                        activation,
                        blocks.linear(
                                Part.FEED_FORWARD,
                                Kind.FEED_FORWARD,
                                name + "intermediate.dense",
                                y,
                                h,
                                sizes.inner(),
                                true));
        String outer =
                blocks.linear(
                        Part.FEED_FORWARD,
                        Kind.FEED_FORWARD,
                        name + "output.dense",
                        inner,
                        sizes.inner(),
                        h,
                        true);
        return blocks.layerNorm(
                Part.NORMS, name + "output.LayerNorm", blocks.add(outer, y), h, epsilon);
    }

    /** What its configuration names. */
    Activation activation() {
        return activation;
    }

    /**
     * Dense layer, {@code inHead}, norm, then the decoder.
     *
     * @param bias the decoder's bias
     */
    VocabularyHead head(
            Blocks blocks,
            String dense,
            Activation inHead,
            String norm,
            String decoder,
            String bias) {
        if (!blocks.weights().has(dense + ".weight")) {
            return null;
        }
        Weights weights = blocks.weights();
        int h = sizes.hidden();
        String words = base + "embeddings.word_embeddings.weight";
        Weight table = MaskedHead.decoder(weights, tied, words, decoder + ".weight", sizes);
        Weight shift = MaskedHead.bias(weights, bias, decoder + ".bias", sizes);
        return MaskedHead.of(blocks, dense, inHead, norm, h, epsilon, table, shift);
    }
}
