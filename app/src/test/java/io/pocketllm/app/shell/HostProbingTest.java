package io.pocketllm.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.RateFactors;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HostProbingTest {

    private final ArrayDeque<Runnable> background = new ArrayDeque<>();
    private final List<Integer> measured = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private boolean fails;
    private final HostProbing probing = new HostProbing(new Counts(), new Later());

    /** One, two and four threads are to be measured. */
    private final class Counts implements HostProbing.Probe {
        @Override
        public List<Integer> missing() {
            List<Integer> missing = new ArrayList<>(List.of(1, 2, 4));
            missing.removeAll(measured);
            return missing;
        }

        @Override
        public Optional<MachineRates> kept() {
            return measured.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new MachineRates(178e9, 2e10, 1e-6, RateFactors.ESTIMATED));
        }

        @Override
        public void measure(int threads) throws IOException {
            if (fails) {
                throw new IOException("no room");
            }
            measured.add(threads);
        }
    }

    /** Does what is asked when the test says so. */
    private final class Later implements Tasks {
        @Override
        public <T> void run(Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
            background.add(
                    () -> {
                        T result;
                        try {
                            result = work.call();
                        } catch (Exception e) {
                            failed.accept(e);
                            return;
                        }
                        done.accept(result);
                    });
        }

        @Override
        public void onScreen(Runnable action) {
            action.run();
        }

        @Override
        public Ticker every(Duration period, Runnable action) {
            return () -> {};
        }
    }

    private void work() {
        background.removeFirst().run();
    }

    @Test
    void what_is_missing_is_measured_one_after_the_other_and_told() {
        assertThat(probing.resultProperty().get()).isEqualTo("Clock estimated");
        probing.start();
        assertThat(probing.progressProperty().get()).isEqualTo("Measuring this computer, 1 of 3");
        work();
        assertThat(probing.progressProperty().get()).endsWith("2 of 3");
        work();
        work();
        assertThat(measured).containsExactly(1, 2, 4);
        assertThat(probing.progressProperty().get()).isEmpty();
        assertThat(probing.resultProperty().get()).contains("measured").contains("178.00 GFLOP/s");
        probing.start();
        assertThat(background).isEmpty();
    }

    @Test
    void a_run_waits_for_the_measurement_in_hand_and_the_others_wait_for_the_run() {
        probing.start();
        probing.whenFree(() -> happened.add("run after " + measured));
        assertThat(happened).isEmpty();
        work();
        assertThat(happened).containsExactly("run after [1]");
        assertThat(background).isEmpty();
        probing.release();
        work();
        work();
        assertThat(measured).containsExactly(1, 2, 4);
    }

    @Test
    void with_nothing_to_measure_a_run_starts_at_once() {
        probing.whenFree(() -> happened.add("run"));
        assertThat(happened).containsExactly("run");
    }

    @Test
    void a_person_can_cancel_and_is_not_asked_again() {
        probing.start();
        probing.cancel();
        work();
        assertThat(background).isEmpty();
        assertThat(probing.progressProperty().get()).isEmpty();
        probing.whenFree(() -> happened.add("run"));
        probing.release();
        assertThat(background).isEmpty();
        assertThat(happened).hasSize(1);
    }

    @Test
    void a_measurement_that_fails_leaves_the_clock_estimated() {
        fails = true;
        probing.start();
        work();
        assertThat(background).isEmpty();
        assertThat(probing.progressProperty().get()).isEmpty();
        assertThat(probing.resultProperty().get()).isEqualTo("Clock estimated");
    }
}
