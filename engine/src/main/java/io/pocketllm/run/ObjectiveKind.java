package io.pocketllm.run;

/** What a run's loss is measured on. */
public enum ObjectiveKind {
    /** A linear layer over a text's pooled hidden states gives one number for each class. */
    CLASS_HEAD("class-head"),
    /** A masked language model guesses the word at a prompt's mask. */
    LABEL_WORD("label-word"),
    /** A causal language model goes on with an answer. */
    ANSWER("answer");

    private final String key;

    ObjectiveKind(String key) {
        this.key = key;
    }

    /** Its name in a run file. */
    public String key() {
        return key;
    }
}
