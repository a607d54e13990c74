package io.pocketllm.model.architecture;

import io.pocketllm.model.VocabularyHead;

/**
 * A kind of transformer: what one class of the transformers library computes, for one
 * configuration. Reading {@code config.json} is its constructor's work.
 */
interface Architecture {

    Dimensions sizes();

    /** Modules that published names may come without, with the dot behind: {@code bert.} */
    String base();

    /** The key of config.json that says how many layers are stored. */
    default String layersKey() {
        return "num_hidden_layers";
    }

    /** How often in a row a token passes each stored layer. */
    default int uses() {
        return 1;
    }

    /** Whether its configuration can say that layers lost heads. */
    boolean losesHeads();

    /**
     * Adds the nodes from {@code input_ids} to the last hidden states, noting each layer's output.
     *
     * @return the layers' attention
     */
    Attention addTo(Blocks blocks);

    /**
     * The head that scores words. Its parameters are looked up now, its nodes added later.
     *
     * @return null where the checkpoint has none
     */
    VocabularyHead head(Blocks blocks);
}
