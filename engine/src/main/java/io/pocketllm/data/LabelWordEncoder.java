package io.pocketllm.data;

import java.util.BitSet;
import java.util.List;

/**
 * A prompt with a mask, whose word a masked language model guesses; each class stands for one word
 * (prompt-based fine-tuning, arXiv 2012.15723; the RoBERTa experiments of MeZO, arXiv 2305.17333).
 * Long texts are cut from their ends.
 */
public final class LabelWordEncoder implements ExampleEncoder {

    private final TextTokenizer tokenizer;
    private final PromptTemplate template;
    private final int[] labelWords;
    private final int maskId;
    private final String mask;

    /**
     * @param words each class's word, in label order; written without the blank before it
     * @throws DataException where the model has no mask, or a word is not one token, or two classes
     *     have the same
     */
    public LabelWordEncoder(TextTokenizer tokenizer, PromptTemplate template, List<String> words)
            throws DataException {
        this.tokenizer = tokenizer;
        this.template = template;
        if (tokenizer.maskId().isEmpty()) {
            throw new DataException(
                    tokenizer.file() + ": has no mask token, which \"label-word\" needs",
                    "Use a masked model such as BERT or RoBERTa, or the objective \"answer\" for a causal one.");
        }
        maskId = tokenizer.maskId().getAsInt();
        mask = tokenizer.maskText();
        labelWords = new int[words.size()];
        for (int i = 0; i < labelWords.length; i++) {
            labelWords[i] = oneToken(words.get(i));
            for (int j = 0; j < i; j++) {
                if (labelWords[j] == labelWords[i]) {
                    throw new DataException(
                            "the label words \""
                                    + words.get(j)
                                    + "\" and \""
                                    + words.get(i)
                                    + "\" are the same token",
                            "Give each label of objective.labels a word of its own.");
                }
            }
        }
    }

    private int oneToken(String word) throws DataException {
        String piece = " " + word.strip();
        int[] ids = tokenizer.encodePiece(piece);
        if (ids.length != 1) {
            throw new DataException(
                    "the label word \""
                            + word
                            + "\" is "
                            + ids.length
                            + " tokens of this model: "
                            + String.join(" ", tokenizer.tokens(piece)),
                    "Choose a word for objective.labels that is one token, mostly a common one.");
        }
        return ids[0];
    }

    @Override
    public EncodedExample encode(Example example) throws DataException {
        Prompt prompt = Prompt.of(template, example, mask);
        PlacedTokens tokens = tokenizer.encodeWhole(prompt.text());
        int[] owners = prompt.owners(tokens);
        int place = -1;
        int[] field = new int[owners.length];
        for (int i = 0; i < owners.length; i++) {
            // The blank that a mask may take along is its own; a mask inside a text is not ours.
            if (owners[i] == Prompt.PREDICTED && tokens.ids()[i] == maskId) {
                place = i;
            }
            field[i] = Math.max(owners[i], TextCut.FIXED);
        }
        if (place < 0) {
            throw new IllegalStateException(
                    tokenizer.file() + " does not read \"" + mask + "\" as its mask");
        }
        BitSet kept = TextCut.FROM_END.kept(field, prompt.texts(), tokenizer.maxTokens(), 1);
        if (kept == null) {
            throw PromptRows.tooLong(field, "the template", tokenizer.maxTokens());
        }
        TokenRow whole = new TokenRow(tokens.ids(), tokens.typeIds(), place, place + 1);
        return new EncodedExample(
                new TokenizedExample(
                        List.of(TokenDropout.kept(whole, kept)), example.label(), null),
                List.of(PromptRows.textTokens(field, kept)));
    }

    @Override
    public int padId() {
        return tokenizer.padId();
    }

    @Override
    public int[] labelWords() {
        return labelWords.clone();
    }
}
