package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** When the killer looks again. */
class PollPlanTest {

    private static final long MS = 1_000_000;
    private static final long GB = 1_000_000_000;

    @Test
    void farFromTheBudgetAWholePeriodPasses() {
        assertThat(plan(10 * GB).pauseNanos(GB, 0)).isEqualTo(50 * MS);
    }

    @Test
    void nearTheBudgetThePauseIsHalfOfWhatASuddenBurstWouldTake() {
        // 60 MB at 3 GB/s take 20 ms.
        assertThat(plan(10 * GB).pauseNanos(10 * GB - 60_000_000, 0)).isEqualTo(10 * MS);
    }

    @Test
    void atTheBudgetThePauseIsTheShortest() {
        assertThat(plan(10 * GB).pauseNanos(10 * GB, 0)).isEqualTo(2 * MS);
        assertThat(plan(10 * GB).pauseNanos(11 * GB, 0)).isEqualTo(2 * MS);
    }

    @Test
    void aProcessThatWasSeenToGrowFastIsWatchedFromFurtherAway() {
        PollPlan plan = plan(10 * GB);
        plan.pauseNanos(0, 0);
        // 1 GB in 100 ms: 10 GB/s, so 20 GB/s must be reckoned with; 0.6 GB of it take 30 ms.
        plan.pauseNanos(GB, 100 * MS);

        assertThat(plan.pauseNanos(9 * GB + 400_000_000, 2000 * MS)).isEqualTo(15 * MS);
    }

    @Test
    void withoutABudgetEveryPauseIsAPeriod() {
        assertThat(plan(0).pauseNanos(GB, 0)).isEqualTo(50 * MS);
    }

    @Property
    void everyPauseIsBetweenTheShortestAndThePeriod(
            @ForAll @LongRange(min = 0, max = 1L << 40) long budget,
            @ForAll @LongRange(min = 0, max = 1L << 40) long first,
            @ForAll @LongRange(min = 0, max = 1L << 40) long second,
            @ForAll @LongRange(min = 0, max = 1L << 40) long nanos) {
        PollPlan plan = plan(budget);

        assertThat(plan.pauseNanos(first, 0)).isBetween(2 * MS, 50 * MS);
        assertThat(plan.pauseNanos(second, nanos)).isBetween(2 * MS, 50 * MS);
    }

    private static PollPlan plan(long budget) {
        return new PollPlan(budget, 50 * MS, 2 * MS);
    }
}
