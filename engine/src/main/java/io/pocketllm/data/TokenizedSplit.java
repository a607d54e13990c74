package io.pocketllm.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
            batches.add(batch(java.util.Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize))));
        }
        return batches;
    }
}
