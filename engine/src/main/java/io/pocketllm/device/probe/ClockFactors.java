package io.pocketllm.device.probe;

import io.pocketllm.device.MachineRates;
import io.pocketllm.device.RateFactors;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How kinds of work compare on a phone: as measured on this computer, where that is kept, else
 * estimated. The one rule for runs, plans and tables, so that all tell the same time.
 *
 * <p>Each number of threads is looked up once; ask for a new one after a measurement.
 */
public final class ClockFactors {

    /** Estimates alone. */
    public static final ClockFactors ESTIMATED = new ClockFactors(null);

    private static final int HOST_CORES = Runtime.getRuntime().availableProcessors();

    private final Path cache;
    private final Map<Integer, Optional<RateFactors>> known = new ConcurrentHashMap<>();

    private ClockFactors(Path cache) {
        this.cache = cache;
    }

    /**
     * What {@link HostProbe} has measured.
     *
     * @param cache where it is kept
     */
    public static ClockFactors keptIn(Path cache) {
        return new ClockFactors(cache);
    }

    /** Factors of a phone that trains with so many threads. */
    public RateFactors of(int phoneThreads) {
        return measured(phoneThreads).orElse(RateFactors.ESTIMATED);
    }

    /** Whether they were measured. */
    public boolean areMeasured(int phoneThreads) {
        return measured(phoneThreads).isPresent();
    }

    /** This computer cannot be measured with more threads than it has cores. */
    private Optional<RateFactors> measured(int phoneThreads) {
        return cache == null
                ? Optional.empty()
                : known.computeIfAbsent(
                        Math.min(phoneThreads, HOST_CORES),
                        threads -> HostProbe.kept(cache, threads).map(MachineRates::factors));
    }
}
