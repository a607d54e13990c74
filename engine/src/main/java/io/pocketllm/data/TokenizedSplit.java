package io.pocketllm.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** One part of a data set as tokens, from which batches are cut. */
public final class TokenizedSplit {

    private final List<EncodedExample> examples;
    private final int padId;
    private final int[] labelWords;

    private TokenizedSplit(int padId, int[] labelWords, List<EncodedExample> examples) {
        this.examples = List.copyOf(examples);
        this.padId = padId;
        this.labelWords = labelWords;
    }

    /**
     * Of rows that are there already.
     *
     * @param labelWords the token each class stands for at the mask; null where rows hold the
     *     predicted tokens themselves, or nothing is predicted
     */
    public TokenizedSplit(List<TokenizedExample> examples, int padId, int[] labelWords) {
        this(
                padId,
                labelWords,
                examples.stream()
                        .map(
                                e ->
                                        new EncodedExample(
                                                e, e.rows().stream().map(r -> inner(r)).toList()))
                        .toList());
    }

    /** Tokenises every example once, each a text or a pair of texts with the model's own marks. */
    public TokenizedSplit(List<Example> examples, TextTokenizer tokenizer) {
        this(tokenizer.padId(), null, encodeTexts(examples, tokenizer));
    }

    /**
     * Tokenises every example once.
     *
     * @throws DataException where one does not fit the limit of tokens
     */
    public static TokenizedSplit encode(List<Example> examples, ExampleEncoder encoder)
            throws DataException {
        List<EncodedExample> encoded = new ArrayList<>(examples.size());
        for (Example example : examples) {
            encoded.add(encoder.encode(example));
        }
        return new TokenizedSplit(encoder.padId(), encoder.labelWords(), encoded);
    }

    private static List<EncodedExample> encodeTexts(
            List<Example> examples, TextTokenizer tokenizer) {
        TextEncoder encoder = new TextEncoder(tokenizer);
        return examples.stream().map(encoder::encode).toList();
    }

    private static BitSet inner(TokenRow row) {
        BitSet inner = new BitSet();
        inner.set(1, Math.max(1, row.length() - 1));
        inner.clear(row.answerStart(), row.answerEnd());
        return inner;
    }

    /** How many examples. */
    public int size() {
        return examples.size();
    }

    /** The class of an example; -1 where there are no classes. */
    public int label(int example) {
        return examples.get(example).example().label();
    }

    /** The reference text of generation, else null. */
    public String answerText(int example) {
        return examples.get(example).example().answerText();
    }

    /** An example's rows. */
    public TokenizedExample example(int example) {
        return examples.get(example).example();
    }

    /** Tokens of each example's longest row. */
    public int[] lengths() {
        return examples.stream().mapToInt(e -> e.example().length()).toArray();
    }

    /** A batch of these examples, in this order. */
    public Batch batch(int... chosen) {
        BatchBuilder builder = new BatchBuilder(padId, labelWords);
        for (int example : chosen) {
            builder.add(example, examples.get(example).example());
        }
        return builder.build();
    }

    /**
     * The same with each token of the texts left out by chance, so that no two readings of a text
     * are alike: a cheap way to make few examples go further. A model's own marks, a template's
     * words and what is predicted stay.
     *
     * @param dropout chance of a token to be left out, 0 to 1
     * @param seed decides which
     */
    public Batch batchWithDropout(int[] chosen, double dropout, long seed) {
        TokenDropout tokenDropout = new TokenDropout(dropout, seed);
        BatchBuilder builder = new BatchBuilder(padId, labelWords);
        for (int example : chosen) {
            builder.add(example, tokenDropout.thinned(examples.get(example)));
        }
        return builder.build();
    }

    /** All examples in batches of similar length, so that little is spent on padding. */
    public List<Batch> allByLength(int examplesPerBatch) {
        int[] lengths = lengths();
        int[] order =
                IntStream.range(0, size())
                        .boxed()
                        .sorted(Comparator.comparingInt((Integer i) -> lengths[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += examplesPerBatch) {
            int to = Math.min(order.length, from + examplesPerBatch);
            batches.add(batch(Arrays.copyOfRange(order, from, to)));
        }
        return batches;
    }
}
