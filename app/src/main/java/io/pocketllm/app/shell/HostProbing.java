package io.pocketllm.app.shell;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.text.Units;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.probe.ClockFactors;
import io.pocketllm.run.Folders;
import io.pocketllm.run.HostCalibration;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * Measures this computer in the background, once, so that a phone's clock need not go by estimates.
 * Never while a run goes on: a run that is to start waits for the measurement in hand, some seconds
 * at most, and those after it wait for the run.
 */
public final class HostProbing {

    /** What is measured, one number of threads after the other; a test passes its own. */
    public interface Probe {

        /** Measures nothing. */
        Probe NONE =
                new Probe() {
                    @Override
                    public List<Integer> missing() {
                        return List.of();
                    }

                    @Override
                    public Optional<MachineRates> kept() {
                        return Optional.empty();
                    }

                    @Override
                    public void measure(int threads) {}
                };

        /** What a phone's clock goes by now; looked up anew at each call. */
        default ClockFactors factors() {
            return ClockFactors.ESTIMATED;
        }

        /** Numbers of threads that are not measured yet. */
        List<Integer> missing();

        /** What was measured with the most threads; empty before. */
        Optional<MachineRates> kept();

        /** Measures and keeps it; some seconds. */
        void measure(int threads) throws IOException;

        /** The engine's, kept in the cache. */
        static Probe of(Folders folders) {
            return new Probe() {
                @Override
                public List<Integer> missing() {
                    List<Integer> missing = new ArrayList<>(HostCalibration.threadCounts());
                    HostCalibration.kept(folders)
                            .forEach(kept -> missing.remove((Integer) kept.threads()));
                    return missing;
                }

                @Override
                public Optional<MachineRates> kept() {
                    List<HostCalibration.Measured> kept = HostCalibration.kept(folders);
                    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.getLast().rates());
                }

                @Override
                public ClockFactors factors() {
                    return ClockFactors.keptIn(folders.cache());
                }

                @Override
                public void measure(int threads) throws IOException {
                    HostCalibration.measure(folders, threads);
                }
            };
        }
    }

    private final Probe probe;
    private final Tasks tasks;
    private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper result = new ReadOnlyStringWrapper("");
    private final ReadOnlyIntegerWrapper measurements = new ReadOnlyIntegerWrapper();
    private final ArrayDeque<Integer> left = new ArrayDeque<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private int all;
    private boolean measuring;
    private boolean held;
    private boolean cancelled;

    /** Measures nothing before {@link #start}. */
    public HostProbing(Probe probe, Tasks tasks) {
        this.probe = probe;
        this.tasks = tasks;
        tell();
    }

    /** Measures what is missing, unless a person said no. */
    public void start() {
        if (measuring || cancelled) {
            return;
        }
        left.clear();
        left.addAll(probe.missing());
        all = left.size();
        next();
    }

    private void next() {
        if (held || cancelled || left.isEmpty()) {
            progress.set("");
            tell();
            return;
        }
        measuring = true;
        int threads = left.removeFirst();
        progress.set("Measuring this computer, " + (all - left.size()) + " of " + all);
        tasks.run(
                () -> {
                    probe.measure(threads);
                    return threads;
                },
                done -> {
                    measurements.set(measurements.get() + 1);
                    settled();
                },
                failure -> {
                    // Without it the clock goes by estimates; the next start tries again.
                    left.clear();
                    settled();
                });
    }

    private void settled() {
        measuring = false;
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
        next();
    }

    private void tell() {
        result.set(
                probe.kept()
                        .map(
                                rates ->
                                        "Clock measured on this computer: "
                                                + Units.count(
                                                        Math.round(rates.matmulFlopsPerSecond()))
                                                + "FLOP/s")
                        .orElse("Clock estimated"));
    }

    /** Does something when no measurement goes on, and begins none until {@link #release}. */
    void whenFree(Runnable action) {
        held = true;
        if (measuring) {
            waiting.add(action);
        } else {
            action.run();
        }
    }

    /** The run is over: what is missing may be measured. */
    void release() {
        if (held) {
            held = false;
            start();
        }
    }

    /** A person wants no measurement now; the next start of the window tries again. */
    void cancel() {
        cancelled = true;
        left.clear();
        progress.set(measuring ? "Ending the measurement" : "");
    }

    /** What is being measured; empty while nothing is. */
    public ReadOnlyStringProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** Another number whenever something was measured. */
    ReadOnlyIntegerProperty measurementsProperty() {
        return measurements.getReadOnlyProperty();
    }

    /** What the phone's clock goes by. */
    public ReadOnlyStringProperty resultProperty() {
        return result.getReadOnlyProperty();
    }
}
