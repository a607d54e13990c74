package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BatchSamplerTest {

    @Property(tries = 200)
    void eachEpochSeesEachExampleOnce(
            @ForAll @IntRange(min = 1, max = 50) int examples,
            @ForAll @IntRange(min = 1, max = 60) int batchSize,
            @ForAll long seed) {
        BatchSampler sampler = new BatchSampler(examples, batchSize, seed);
        List<Integer> seen = new ArrayList<>();
        for (int step = 1; seen.size() < 4 * examples; step++) {
            int[] batch = sampler.batch(step);
            assertThat(batch).hasSize(Math.min(batchSize, examples));
            Arrays.stream(batch).forEach(seen::add);
        }

        Integer[] all = IntStream.range(0, examples).boxed().toArray(Integer[]::new);
        for (int epoch = 0; epoch < 4; epoch++) {
            assertThat(seen.subList(epoch * examples, (epoch + 1) * examples))
                    .as("epoch %d", epoch)
                    .containsExactlyInAnyOrder(all);
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aStepsBatchIsTheSameInWhateverOrderStepsAreAskedFor(
            @ForAll @IntRange(min = 1, max = 40) int examples,
            @ForAll @IntRange(min = 1, max = 45) int batchSize,
            @ForAll long seed,
            @ForAll @Size(10) List<@IntRange(min = 1, max = 100) Integer> steps) {
        BatchSampler sequential = new BatchSampler(examples, batchSize, seed);
        int[][] inOrder = new int[101][];
        for (int step = 1; step <= 100; step++) {
            inOrder[step] = sequential.batch(step);
        }

        BatchSampler random = new BatchSampler(examples, batchSize, seed);
        for (int step : steps) {
            assertThat(random.batch(step)).isEqualTo(inOrder[step]);
        }
    }

    @Example
    void epochsAndSeedsShuffleDifferently() {
        int[] first = new BatchSampler(100, 100, 7).batch(1);

        assertThat(new BatchSampler(100, 100, 7).batch(1)).isEqualTo(first);
        assertThat(new BatchSampler(100, 100, 7).batch(2)).isNotEqualTo(first);
        assertThat(new BatchSampler(100, 100, 8).batch(1)).isNotEqualTo(first);
        assertThat(first).isNotEqualTo(IntStream.range(0, 100).toArray());
    }

    /** The position in the data outgrows 32 bits long before the step does. */
    @Example
    void aVeryLateStepIsWithinTheData() {
        int[] batch = new BatchSampler(1000, 500, 7).batch(Integer.MAX_VALUE);

        assertThat(Arrays.stream(batch).distinct().toArray()).hasSize(500);
        assertThat(Arrays.stream(batch).allMatch(i -> i >= 0 && i < 1000)).isTrue();
    }
}
