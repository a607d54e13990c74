package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.VocabularyHead;

/** BERT (arXiv 1810.04805): {@code BertModel}, {@code BertForMaskedLM}. */
final class Bert implements Architecture {

    private static final String BASE = "bert.";

    private final BertLayers layers;

    Bert(ConfigFile config) throws ModelException {
        layers = new BertLayers(config, BASE, 0);
    }

    @Override
    public Dimensions sizes() {
        return layers.sizes();
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
        return layers.addTo(blocks, blocks.tokenRange());
    }

    @Override
    public VocabularyHead head(Blocks blocks) {
        String transform = "cls.predictions.transform.";
        return layers.head(
                blocks,
                transform + "dense",
                layers.activation(),
                transform + "LayerNorm",
                "cls.predictions.decoder",
                "cls.predictions.bias");
    }
}
