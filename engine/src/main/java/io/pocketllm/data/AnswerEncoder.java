package io.pocketllm.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A prompt with its answer behind it, for a causal language model (the OPT experiments of MeZO,
 * arXiv 2305.17333). With classes an example becomes one row for each class's answer, and the class
 * whose answer is likeliest is the model's; without, one row with the example's own answer. Long
 * texts are cut from their beginnings, alike in all rows of an example.
 */
public final class AnswerEncoder implements ExampleEncoder {

    private final TextTokenizer tokenizer;
    private final PromptTemplate template;
    private final List<String> answers;

    /** One row of an example before it is cut. */
    private record Whole(PlacedTokens tokens, int[] field, int start, int end, int texts) {}

    /**
     * @param answers each class's answer, in label order; empty for generation
     */
    public AnswerEncoder(TextTokenizer tokenizer, PromptTemplate template, List<String> answers) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.answers = List.copyOf(answers);
    }

    @Override
    public EncodedExample encode(Example example) throws DataException {
        List<String> candidates = answers.isEmpty() ? List.of(example.answer()) : answers;
        List<Whole> wholes = new ArrayList<>();
        int mostFixed = 0;
        for (String candidate : candidates) {
            Whole whole = whole(example, candidate);
            wholes.add(whole);
            mostFixed = Math.max(mostFixed, fixed(whole));
        }
        List<TokenRow> rows = new ArrayList<>();
        List<BitSet> textTokens = new ArrayList<>();
        for (Whole whole : wholes) {
            // The longest answer's room for all, so that every answer follows the same text.
            int room = tokenizer.maxTokens() - mostFixed + fixed(whole);
            BitSet kept = TextCut.FROM_BEGINNING.kept(whole.field, whole.texts, room, 1);
            if (kept == null) {
                throw PromptRows.tooLong(
                        whole.field, "the template with its answer", tokenizer.maxTokens());
            }
            TokenRow row =
                    new TokenRow(
                            whole.tokens.ids(), whole.tokens.typeIds(), whole.start, whole.end);
            rows.add(TokenDropout.kept(row, kept));
            textTokens.add(PromptRows.textTokens(whole.field, kept));
        }
        return new EncodedExample(
                new TokenizedExample(
                        List.copyOf(rows),
                        answers.isEmpty() ? -1 : example.label(),
                        answers.isEmpty() ? example.answer() : null),
                List.copyOf(textTokens));
    }

    private static int fixed(Whole whole) {
        int fixed = 0;
        for (int owner : whole.field) {
            fixed += owner == TextCut.FIXED ? 1 : 0;
        }
        return fixed;
    }

    private Whole whole(Example example, String answer) throws DataException {
        Prompt prompt = Prompt.of(template, example, answer);
        PlacedTokens tokens = tokenizer.encodeWhole(prompt.text());
        int[] owners = prompt.owners(tokens);
        int start = -1;
        int end = -1;
        int[] field = new int[owners.length];
        for (int i = 0; i < owners.length; i++) {
            if (owners[i] == Prompt.PREDICTED) {
                start = start < 0 ? i : start;
                end = i + 1;
            }
            field[i] = Math.max(owners[i], TextCut.FIXED);
        }
        if (start < 1) {
            throw new DataException(
                    start < 0
                            ? "the answer \"" + answer + "\" has no tokens in this model"
                            : "nothing stands before the answer \"" + answer + "\"",
                    "Check the answer, and that the template has a text or words before {answer}.");
        }
        return new Whole(tokens, field, start, end, prompt.texts());
    }

    @Override
    public int padId() {
        return tokenizer.padId();
    }
}
