package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.forward.MiniLm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Batches cut from real tokens. */
class TokenizedSplitTest {

    private static final List<long[]> TOKENS = new ArrayList<>();
    private static final TokenizedSplit SPLIT = MiniLm.split(MiniLm.TEXTS);
    private static final int[] ALL = {0, 1, 2, 3, 4};
    private static long padId;

    static {
        try (TextTokenizer tokenizer = MiniLm.tokenizer(64)) {
            MiniLm.TEXTS.forEach(text -> TOKENS.add(tokenizer.encode(text)));
            padId = tokenizer.padId();
        }
    }

    @Example
    void aBatchIsPaddedToItsLongestTextAndMasked() {
        Batch batch = SPLIT.batch(1, 4, 3);

        int longest = Math.max(TOKENS.get(4).length, TOKENS.get(3).length);
        assertThat(batch.size()).isEqualTo(3);
        assertThat(batch.length()).isEqualTo(longest);
        assertThat(batch.examples()).containsExactly(1, 4, 3);
        assertThat(batch.labels()).containsExactly(1, 1, 0);
        int tokens = 0;
        for (int row = 0; row < 3; row++) {
            long[] expected = TOKENS.get(batch.examples()[row]);
            for (int i = 0; i < longest; i++) {
                boolean real = i < expected.length;
                assertThat(batch.inputIds()[row * longest + i])
                        .isEqualTo(real ? expected[i] : padId);
                assertThat(batch.attentionMask()[row * longest + i]).isEqualTo(real ? 1 : 0);
            }
            tokens += expected.length;
        }
        assertThat(batch.tokens()).isEqualTo(tokens);
    }

    @Property(tries = 100)
    void droppingTokensKeepsTheMarksTheOrderAndTheMask(
            @ForAll @DoubleRange(max = 1) double dropout, @ForAll long seed) {
        Batch batch = SPLIT.batchWithDropout(ALL, dropout, seed);

        int fullest = 0;
        for (int row = 0; row < ALL.length; row++) {
            long[] original = TOKENS.get(row);
            int from = row * batch.length();
            long[] mask = Arrays.copyOfRange(batch.attentionMask(), from, from + batch.length());
            int kept = (int) Arrays.stream(mask).sum();
            long[] ids = Arrays.copyOfRange(batch.inputIds(), from, from + kept);
            assertThat(kept).isBetween(2, original.length);
            fullest = Math.max(fullest, kept);
            assertThat(ids[0]).as("first token").isEqualTo(original[0]);
            assertThat(ids[kept - 1]).as("last").isEqualTo(original[original.length - 1]);
            assertThat(isSubsequence(ids, original)).isTrue();
            for (int i = 0; i < batch.length(); i++) {
                assertThat(mask[i]).isEqualTo(i < kept ? 1 : 0);
                if (i >= kept) {
                    assertThat(batch.inputIds()[from + i]).isEqualTo(padId);
                }
            }
        }
        assertThat(batch.length()).as("no column of padding only").isEqualTo(fullest);
        assertThat(batch.labels()).containsExactly(0, 1, 2, 0, 1);
        assertThat(batch.examples()).containsExactly(ALL);
    }

    @Example
    void dropoutIsDecidedByTheSeedAlone() {
        Batch first = SPLIT.batchWithDropout(ALL, 0.5, 3);

        assertThat(SPLIT.batchWithDropout(ALL, 0.5, 3).inputIds()).isEqualTo(first.inputIds());
        assertThat(SPLIT.batchWithDropout(ALL, 0.5, 4).inputIds()).isNotEqualTo(first.inputIds());
    }

    @Example
    void noDropoutIsTheWholeBatchAndFullDropoutLeavesTheMarks() {
        assertThat(SPLIT.batchWithDropout(ALL, 0, 3).inputIds())
                .isEqualTo(SPLIT.batch(ALL).inputIds());
        Batch marks = SPLIT.batchWithDropout(ALL, 1, 3);
        assertThat(marks.length()).isEqualTo(2);
        assertThat(marks.tokens()).isEqualTo(2 * ALL.length);
    }

    @Example
    void tokensAreDroppedAsOftenAsAskedFor() {
        long kept = 0;
        long droppable = 0;
        for (int seed = 0; seed < 500; seed++) {
            kept += SPLIT.batchWithDropout(ALL, 0.3, seed).tokens() - 2L * ALL.length;
            droppable += SPLIT.batch(ALL).tokens() - 2L * ALL.length;
        }

        assertThat((double) kept / droppable).isBetween(0.685, 0.715);
    }

    @Example
    void allByLengthHoldsEachExampleOnceShortestFirst() {
        List<Batch> batches = SPLIT.allByLength(2);

        assertThat(batches).extracting(Batch::size).containsExactly(2, 2, 1);
        assertThat(batches).extracting(Batch::length).isSorted();
        assertThat(batches.stream().flatMapToInt(b -> Arrays.stream(b.examples())))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    private static boolean isSubsequence(long[] part, long[] whole) {
        int found = 0;
        for (int i = 0; i < whole.length && found < part.length; i++) {
            found += whole[i] == part[found] ? 1 : 0;
        }
        return found == part.length;
    }
}
