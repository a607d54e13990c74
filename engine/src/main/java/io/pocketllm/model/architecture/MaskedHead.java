package io.pocketllm.model.architecture;

import io.pocketllm.model.Projection.Kind;
import io.pocketllm.model.VocabularyHead;
import io.pocketllm.model.Weight;

/** The head of masked language models: dense layer, activation, norm, decoder with a bias. */
final class MaskedHead {

    private MaskedHead() {}

    /** Looks the parameters up now, so that what is missing is said when the model is opened. */
    static VocabularyHead of(
            Blocks blocks,
            String dense,
            Activation activation,
            String norm,
            int hidden,
            double epsilon,
            Weight decoder,
            Weight bias) {
        Weights weights = blocks.weights();
        for (String name : new String[] {norm + ".weight", norm + ".bias", dense + ".bias"}) {
            weights.get(Part.HEAD, name, hidden);
        }
        weights.get(Part.HEAD, dense + ".weight", hidden, hidden);
        return new VocabularyHead(
                (graph, states) -> {
                    Blocks on = new Blocks(graph, weights, blocks.options());
                    String y =
                            on.linear(Part.HEAD, Kind.OTHER, dense, states, hidden, hidden, true);
                    return on.layerNorm(
                            Part.HEAD, norm, on.activation(activation, y), hidden, epsilon);
                },
                decoder,
                bias);
    }

    /** The token embedding, or a table of its own. */
    static Weight decoder(
            Weights weights, boolean tied, String embedding, String decoder, Dimensions sizes) {
        if (tied) {
            weights.tie(embedding, decoder);
        }
        return weights.get(
                tied ? Part.EMBEDDINGS : Part.HEAD,
                tied ? embedding : decoder,
                sizes.vocabulary(),
                sizes.state());
    }

    /** A bias that files keep under one name or the other. */
    static Weight bias(Weights weights, String name, String otherName, Dimensions sizes) {
        boolean other = !weights.has(name) && weights.has(otherName);
        Weight bias = weights.get(Part.HEAD, other ? otherName : name, sizes.vocabulary());
        weights.tie(bias.name(), other ? name : otherName);
        return bias;
    }
}
