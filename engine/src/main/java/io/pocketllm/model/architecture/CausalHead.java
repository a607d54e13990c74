package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.VocabularyHead;
import io.pocketllm.model.Weight;

/**
 * The head of causal language models: one matrix, {@code lm_head.weight}, most often the token
 * embedding itself.
 *
 * @param tied whether it is the token embedding
 * @param needed whether a checkpoint without it is refused
 */
record CausalHead(boolean tied, boolean needed) {

    static final String WEIGHT = "lm_head.weight";

    /** By the key {@code tie_word_embeddings} and the class the checkpoint was saved from. */
    static CausalHead of(ConfigFile config, boolean tiedByDefault) throws ModelException {
        String saved = config.savedClass();
        return new CausalHead(
                config.flag("tie_word_embeddings", tiedByDefault),
                saved.endsWith("ForCausalLM") || saved.endsWith("LMHeadModel"));
    }

    VocabularyHead on(Weights weights, String embedding, Dimensions sizes) {
        if (!tied && !needed && !weights.has(WEIGHT)) {
            return null;
        }
        Weight decoder = MaskedHead.decoder(weights, tied, embedding, WEIGHT, sizes);
        return new VocabularyHead((graph, states) -> states, decoder, null);
    }
}
