package io.pocketllm.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A phone as the workbench simulates it: one JSON file of the {@code device-profiles} module, or a
 * person's own.
 *
 * @param id file name without ending, lower case with dashes
 * @param name the name people know
 * @param modelCodes what the maker calls it; a phone answers one of these as {@code
 *     ro.product.model}
 * @param note what a person should know before trusting the numbers
 * @param systemOnChip name of the chip
 * @param ramBytes memory the phone is sold with
 * @param usableBytes MemTotal: what the kernel can hand out
 * @param idleAvailableBytes MemAvailable with nothing in the foreground
 * @param budgetBytes what one foreground process may hold before the low-memory killer ends it
 * @param clusters CPU clusters, fastest first
 * @param memoryKind kind of the DRAM, such as LPDDR5
 * @param memoryBandwidthBytesPerSecond theoretical peak of the DRAM
 * @param storageReadBytesPerSecond reading a large file in a row
 * @param batteryMilliampereHours charge of a full battery
 * @param batteryNominalVolts its nominal voltage
 * @param idleWatts what the phone draws with nothing running and the screen off
 * @param memoryPicojoulesPerByte energy of a byte moved between DRAM and CPU
 * @param thermal how it warms up and what it does about that
 * @param processKind which process the budget is meant for
 * @param stepTimeFactor how many times longer a step takes than the rates above alone give, {@value
 *     #LEAST_FACTOR} to {@value #MOST_FACTOR}; 1 where nobody measured
 * @param sources who says so, by key path: {@code "ramBytes"}, {@code "clusters[0].clockHertz"}
 */
public record DeviceProfile(
        String id,
        String name,
        List<String> modelCodes,
        String note,
        String systemOnChip,
        long ramBytes,
        long usableBytes,
        long idleAvailableBytes,
        long budgetBytes,
        List<CoreCluster> clusters,
        String memoryKind,
        long memoryBandwidthBytesPerSecond,
        long storageReadBytesPerSecond,
        int batteryMilliampereHours,
        double batteryNominalVolts,
        double idleWatts,
        double memoryPicojoulesPerByte,
        Thermal thermal,
        ProcessKind processKind,
        double stepTimeFactor,
        Map<String, String> sources) {

    /** The least that {@link #stepTimeFactor} can be. */
    public static final double LEAST_FACTOR = 0.1;

    /** The most that {@link #stepTimeFactor} can be. */
    public static final double MOST_FACTOR = 20;

    static final String FACTOR = "stepTimeFactor";

    /** What a profile without the key says of its factor, 1. */
    static final String FACTOR_NOT_MEASURED =
            "estimated: no step of this phone was held against its rates";

    public DeviceProfile {
        modelCodes = List.copyOf(modelCodes);
        clusters = List.copyOf(clusters);
        sources = Map.copyOf(sources);
    }

    /**
     * Cores of one kind.
     *
     * @param kind the core's name, such as Cortex-A78
     * @param count how many
     * @param clockHertz top clock
     * @param flopsPerCycle FP32 multiply-add operations a cycle, counted as two each
     * @param little true for the efficiency cores, which stay idle by default
     * @param wattsAtTopClock what one of them draws when busy
     */
    public record CoreCluster(
            String kind,
            int count,
            long clockHertz,
            int flopsPerCycle,
            boolean little,
            double wattsAtTopClock) {

        /** FP32 peak of one core, FLOP/s. */
        public double peakFlopsPerSecond() {
            return (double) clockHertz * flopsPerCycle;
        }
    }

    /**
     * One thermal node: the skin of the phone and what is close to it.
     *
     * @param conductanceWattsPerKelvin heat lost to the air for each degree above it, no case
     * @param heatCapacityJoulesPerKelvin heat that warms the node by one degree
     * @param skinLimitCelsius temperature it must not go beyond
     * @param throttleSteps what it does about its temperature, coolest step first; may be empty
     */
    public record Thermal(
            double conductanceWattsPerKelvin,
            double heatCapacityJoulesPerKelvin,
            double skinLimitCelsius,
            List<ThrottleStep> throttleSteps) {

        public Thermal {
            throttleSteps = List.copyOf(throttleSteps);
        }
    }

    /**
     * The clock falls to {@code clockFraction} of its top at {@code hotCelsius}, and the step is
     * taken back below {@code coolCelsius}, which is lower: that gap keeps it from flapping.
     */
    public record ThrottleStep(double hotCelsius, double coolCelsius, double clockFraction) {}

    /** How a process is started on a phone, which decides what Android lets it have. */
    public enum ProcessKind {
        /** An app in the foreground; written {@code "app"}. */
        APP,
        /** A program started through adb shell, outside the killer's list; written "shell". */
        SHELL
    }

    /**
     * Threads a run uses unless it says otherwise: every core that is not a little one, or all of
     * them on a phone that has no others. At least 1.
     */
    public int defaultThreads() {
        int big = cores(false);
        return big > 0 ? big : cores(true);
    }

    /** The same phone under another id. */
    public DeviceProfile withId(String newId) {
        return with(newId, stepTimeFactor, sources);
    }

    /**
     * The same phone with steps so many times as long as its rates give.
     *
     * @param factor {@value #LEAST_FACTOR} to {@value #MOST_FACTOR}
     * @param source who measured it, when and how
     */
    public DeviceProfile withStepTimeFactor(double factor, String source) {
        if (!(factor >= LEAST_FACTOR && factor <= MOST_FACTOR)) {
            throw new IllegalArgumentException(
                    "stepTimeFactor is "
                            + factor
                            + "; allowed: "
                            + LEAST_FACTOR
                            + " to "
                            + MOST_FACTOR);
        }
        Map<String, String> newSources = new HashMap<>(sources);
        newSources.put(FACTOR, source);
        return with(id, factor, newSources);
    }

    private DeviceProfile with(String newId, double newFactor, Map<String, String> newSources) {
        return new DeviceProfile(
                newId,
                name,
                modelCodes,
                note,
                systemOnChip,
                ramBytes,
                usableBytes,
                idleAvailableBytes,
                budgetBytes,
                clusters,
                memoryKind,
                memoryBandwidthBytesPerSecond,
                storageReadBytesPerSecond,
                batteryMilliampereHours,
                batteryNominalVolts,
                idleWatts,
                memoryPicojoulesPerByte,
                thermal,
                processKind,
                newFactor,
                newSources);
    }

    /** How far the value of a key can be trusted, or {@link SourceKind#UNKNOWN} for no such key. */
    public SourceKind sourceKind(String key) {
        return SourceKind.of(sources.get(key));
    }

    /** Energy of a full battery at its nominal voltage, joules. */
    public double batteryJoules() {
        return batteryMilliampereHours * 3.6 * batteryNominalVolts;
    }

    private int cores(boolean little) {
        return clusters.stream()
                .filter(c -> c.little() == little)
                .mapToInt(CoreCluster::count)
                .sum();
    }
}
