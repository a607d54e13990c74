package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.pocketllm.device.LowMemoryKiller.Kill;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The killer on a real process with readings the test makes up. */
@Timeout(60)
class LowMemoryKillerTest {

    private static final Duration FAST = Duration.ofMillis(2);

    private final AtomicLong rssBytes = new AtomicLong(100);
    private final AtomicInteger readings = new AtomicInteger();
    private Process process;

    @BeforeEach
    void startAProcess() throws Exception {
        process = HogOnPhone.program().start();
    }

    @AfterEach
    void endTheProcess() {
        process.destroyForcibly();
    }

    @Test
    void aReadingEqualToTheBudgetIsNotOverIt() {
        try (LowMemoryKiller killer = killer(100, counting())) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> readings.get() >= 10);

            assertThat(killer.kill()).isEmpty();
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void theFirstReadingOverTheBudgetKills() throws Exception {
        try (LowMemoryKiller killer = killer(100, counting())) {
            rssBytes.set(101);

            assertThat(killer.awaitVerdict()).contains(new Kill(101, 100, 101));
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void thePeakOutlivesTheReading() {
        rssBytes.set(900);
        try (LowMemoryKiller killer = killer(0, counting())) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> killer.peakRssBytes() == 900);
            rssBytes.set(50);
            int heard = readings.get();
            await().atMost(20, TimeUnit.SECONDS).until(() -> readings.get() > heard + 2);

            assertThat(killer.peakRssBytes()).isEqualTo(900);
        }
    }

    @Test
    void aProcessThatCannotBeReadIsNeitherReportedNorKilled() throws Exception {
        rssBytes.set(0);
        try (LowMemoryKiller killer = killer(1, counting())) {
            process.destroy();

            assertThat(killer.awaitVerdict()).isEmpty();
            assertThat(readings).hasValue(0);
        }
    }

    @Test
    void closingLeavesTheProcessAliveAndEndsTheReadings() throws Exception {
        LowMemoryKiller killer = killer(100, counting());
        await().atMost(20, TimeUnit.SECONDS).until(() -> readings.get() > 0);

        killer.close();
        killer.close();
        int heard = readings.get();
        rssBytes.set(1000);

        assertThat(killer.awaitVerdict()).isEmpty();
        assertThat(process.isAlive()).isTrue();
        assertThat(readings).hasValue(heard);
        await().atMost(20, TimeUnit.SECONDS).until(() -> !watcherLives());
    }

    @Test
    void aListenerThatFailsDoesNotSwitchTheLimitOff() throws Exception {
        AtomicReference<Kill> told = new AtomicReference<>();
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        AtomicInteger reported = new AtomicInteger();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> reported.incrementAndGet());
        try (LowMemoryKiller killer =
                killer(
                        100,
                        new SimulatedPhoneTest.QuietListener() {
                            @Override
                            public void reading(long rss) {
                                readings.incrementAndGet();
                                throw new IllegalStateException("a listener with a fault");
                            }

                            @Override
                            public void killed(Kill kill) {
                                told.set(kill);
                            }
                        })) {
            await().dontCatchUncaughtExceptions()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> readings.get() > 3);
            rssBytes.set(101);

            assertThat(killer.awaitVerdict()).contains(new Kill(101, 100, 101));
            assertThat(told).hasValue(new Kill(101, 100, 101));
            assertThat(reported).hasValue(1);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }
    }

    @Test
    void theVerdictCanBeAskedForInsideTheListener() throws Exception {
        AtomicReference<LowMemoryKiller> self = new AtomicReference<>();
        AtomicReference<Optional<Kill>> answer = new AtomicReference<>();
        LowMemoryKiller killer =
                killer(
                        100,
                        new SimulatedPhoneTest.QuietListener() {
                            @Override
                            public void killed(Kill kill) {
                                try {
                                    answer.set(self.get().awaitVerdict());
                                } catch (InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                            }
                        });
        self.set(killer);
        rssBytes.set(101);

        assertThat(killer.awaitVerdict()).isPresent().isEqualTo(answer.get());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void aNegativeBudgetIsRefused(long budget) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> killer(budget, counting()))
                .withMessageContaining("budgetBytes is " + budget);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0001S", "PT2M"})
    void aPeriodThatMakesNoSenseIsRefused(String period) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                LowMemoryKiller.watch(
                                        process.toHandle(), 0, Duration.parse(period), counting()))
                .withMessageContaining("1 millisecond to 1 minute");
    }

    @Test
    void aProcessMayBeOverItsBudgetForTheReactionTimeOnly() throws Exception {
        rssBytes.set(101);
        Duration patience = Duration.ofMillis(50);
        long start = System.nanoTime();
        try (LowMemoryKiller killer =
                new LowMemoryKiller(
                                process.toHandle(),
                                rssBytes::get,
                                100,
                                FAST,
                                patience,
                                () -> false,
                                counting())
                        .begin()) {
            assertThat(killer.awaitVerdict()).contains(new Kill(101, 100, 101));
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(patience.toNanos());
            assertThat(readings).as("readings over the budget before").hasValueGreaterThan(1);
        }
    }

    @Test
    void aKillByTheKernelIsAKill() throws Exception {
        AtomicReference<Kill> told = new AtomicReference<>();
        try (LowMemoryKiller killer =
                new LowMemoryKiller(
                                process.toHandle(),
                                rssBytes::get,
                                200,
                                FAST,
                                Duration.ZERO,
                                () -> true,
                                new SimulatedPhoneTest.QuietListener() {
                                    @Override
                                    public void killed(Kill kill) {
                                        told.set(kill);
                                    }
                                })
                        .begin()) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> killer.peakRssBytes() == 100);
            process.destroyForcibly();

            Kill kill = new Kill(200, 200, 100, LowMemoryKiller.Cause.CONTROL_GROUP);
            assertThat(killer.awaitVerdict()).contains(kill);
            assertThat(told).hasValue(kill);
        }
    }

    @Test
    void aProcessThatIsNoChildOfThisOneIsNeverKilled() {
        ProcessHandle stranger =
                ProcessHandle.current().parent().orElseThrow(); // the build, or what started it

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LowMemoryKiller.watch(stranger, 1, counting()))
                .withMessageContaining("is not a child of this one");
    }

    @Test
    void aBudgetForThisVeryProcessIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LowMemoryKiller.watch(ProcessHandle.current(), 1, counting()));
    }

    private LowMemoryKiller killer(long budgetBytes, MemoryListener listener) {
        return new LowMemoryKiller(process.toHandle(), rssBytes::get, budgetBytes, FAST, listener)
                .begin();
    }

    private MemoryListener counting() {
        return new SimulatedPhoneTest.QuietListener() {
            @Override
            public void reading(long rss) {
                readings.incrementAndGet();
            }
        };
    }

    private boolean watcherLives() {
        String name = "low-memory-killer-" + process.pid();
        return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(name));
    }
}
