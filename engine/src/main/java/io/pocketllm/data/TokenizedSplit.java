package io.pocketllm.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One part of a data set as tokens, from which batches are cut. */
public final class TokenizedSplit {

    private final List<long[]> ids;
    private final int[] labels;
    private final long padId;

    /** Tokenises every example once. */
    public TokenizedSplit(List<Example> examples, TextTokenizer tokenizer) {
        ids = examples.stream().map(e -> tokenizer.encode(e.text())).toList();
        labels = examples.stream().mapToInt(Example::label).toArray();
        padId = tokenizer.padId();
    }

    /** How many examples. */
    public int size() {
        return labels.length;
    }

    /** The class of an example. */
    public int label(int example) {
        return labels[example];
    }

    /** A batch of these examples, in this order. */
    public Batch batch(int... examples) {
        int length = 1;
        for (int example : examples) {
            length = Math.max(length, ids.get(example).length);
        }
        long[] inputIds = new long[examples.length * length];
        long[] mask = new long[examples.length * length];
        int[] rowLabels = new int[examples.length];
        java.util.Arrays.fill(inputIds, padId);
        for (int row = 0; row < examples.length; row++) {
            long[] tokens = ids.get(examples[row]);
            System.arraycopy(tokens, 0, inputIds, row * length, tokens.length);
            java.util.Arrays.fill(mask, row * length, row * length + tokens.length, 1);
            rowLabels[row] = labels[examples[row]];
        }
        return new Batch(inputIds, mask, rowLabels, examples.clone(), examples.length, length);
    }

    /**
     * The same with each token left out by chance, so that no two readings of a text are alike: a
     * cheap way to make few examples go further. The first and the last token, a model's own marks,
     * stay.
     *
     * @param dropout chance of a token to be left out, 0 to 1
     * @param seed decides which
     */
    public Batch batchWithDropout(int[] examples, double dropout, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Batch whole = batch(examples);
        int length = whole.length();
        long[] inputIds = new long[whole.inputIds().length];
        long[] mask = new long[inputIds.length];
        java.util.Arrays.fill(inputIds, padId);
        int longest = 1;
        for (int row = 0; row < examples.length; row++) {
            long[] tokens = ids.get(examples[row]);
            int kept = 0;
            for (int i = 0; i < tokens.length; i++) {
                boolean mark = i == 0 || i == tokens.length - 1;
                if (random.nextDouble() >= dropout || mark) {
                    inputIds[row * length + kept] = tokens[i];
                    mask[row * length + kept] = 1;
                    kept++;
                }
            }
            longest = Math.max(longest, kept);
        }
        return new Batch(
                cut(inputIds, length, longest),
                cut(mask, length, longest),
                whole.labels(),
                whole.examples(),
                examples.length,
                longest);
    }

    /** Rows of {@code length} cut down to {@code shorter}. */
    private static long[] cut(long[] rows, int length, int shorter) {
        long[] result = new long[rows.length / length * shorter];
        for (int from = 0, to = 0; from < rows.length; from += length, to += shorter) {
            System.arraycopy(rows, from, result, to, shorter);
        }
        return result;
    }

    /** All examples in batches of similar length, so that little is spent on padding. */
    public List<Batch> allByLength(int batchSize) {
        int[] order =
                IntStream.range(0, size())
                        .boxed()
                        .sorted(Comparator.comparingInt((Integer i) -> ids.get(i).length))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += batchSize) {
            batches.add(
                    batch(
                            java.util.Arrays.copyOfRange(
                                    order, from, Math.min(order.length, from + batchSize))));
        }
        return batches;
    }
}
