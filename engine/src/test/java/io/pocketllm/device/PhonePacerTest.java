package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Real time, on a clock of the test's own. */
class PhonePacerTest {

    private static final double MS = 1e6;

    private final FakeTime time = new FakeTime();
    private final PhonePacer pacer = new PhonePacer(time);

    @Test
    void aStepIsAsLongAsOnThePhone() throws Exception {
        time.now += (long) (30 * MS);

        assertThat(pacer.end(100)).isCloseTo(70, within(1e-3));
        assertThat(time.now / MS).isCloseTo(100, within(1e-3));
    }

    /** Pauses come late by up to 8 ms, and steps vary: over 100 steps that must not add up. */
    @Test
    void thePaceHoldsOverAHundredStepsThoughPausesComeLate() throws Exception {
        time.latestNanos = (long) (8 * MS);
        double phone = 0;
        for (int step = 0; step < 100; step++) {
            time.now += (long) ((5 + time.random.nextDouble(10)) * MS);
            double millis = 20 + step % 7;
            phone += millis;
            pacer.end(millis);
        }

        assertThat(time.now / MS).isCloseTo(phone, within(0.05 * phone));
        assertThat(time.now / MS).as("no more than the last pause").isCloseTo(phone, within(8.01));
    }

    @Test
    void aStepThatTookTooLongIsMadeUpForByTheNext() throws Exception {
        time.now += (long) (150 * MS);
        assertThat(pacer.end(100)).isZero();
        time.now += (long) (10 * MS);

        assertThat(pacer.end(100)).isCloseTo(40, within(1e-3));
    }

    @Test
    void aComputerSlowerThanThePhoneNeverWaits() throws Exception {
        for (int step = 0; step < 5; step++) {
            time.now += (long) (200 * MS);
            assertThat(pacer.end(100)).isZero();
        }
    }

    @Test
    void whatASuspendedComputerLostIsForgottenBeyondHalfAMinute() throws Exception {
        time.now += (long) (3_600_000 * MS);
        pacer.end(100);
        time.now += (long) MS;

        assertThat(pacer.end(30_101)).isCloseTo(100, within(1e-3));
    }

    @Test
    void aPauseOfTheRunDoesNotCount() throws Exception {
        time.now += (long) (5000 * MS);
        pacer.begin();
        time.now += (long) (30 * MS);

        assertThat(pacer.end(100)).isCloseTo(70, within(1e-3));
    }

    @Test
    void aPauseThatEndsEarlyGoesOn() throws Exception {
        time.longestPauseNanos = (long) (10 * MS);

        assertThat(pacer.end(100)).isCloseTo(100, within(1e-3));
    }

    @Test
    void aWaitCanBeInterruptedAndTheNextStepStartsAfresh() throws Exception {
        time.interrupted = true;
        assertThatThrownBy(() -> pacer.end(100)).isInstanceOf(InterruptedException.class);
        time.interrupted = false;
        time.now += (long) (30 * MS);

        assertThat(pacer.end(100)).isCloseTo(70, within(1e-3));
    }

    @Test
    void aTimeThatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> pacer.end(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> pacer.end(Double.NaN));
    }

    private static final class FakeTime implements PhonePacer.Time {
        final RandomGenerator random = new java.util.Random(7);
        long now;
        long latestNanos;
        long longestPauseNanos = Long.MAX_VALUE;
        boolean interrupted;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void pause(long nanos) throws InterruptedException {
            if (interrupted) {
                throw new InterruptedException();
            }
            now += Math.min(nanos, longestPauseNanos);
            now += latestNanos > 0 ? random.nextLong(latestNanos) : 0;
        }
    }
}
