package io.pocketllm.device;

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
 * @param memoryBandwidthBytesPerSecond theoretical peak of the DRAM
 * @param batteryMilliampereHours charge of a full battery
 * @param processKind which process the budget is meant for
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
        long memoryBandwidthBytesPerSecond,
        int batteryMilliampereHours,
        ProcessKind processKind,
        Map<String, String> sources) {

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
     */
    public record CoreCluster(
            String kind, int count, long clockHertz, int flopsPerCycle, boolean little) {}

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

    private int cores(boolean little) {
        return clusters.stream()
                .filter(c -> c.little() == little)
                .mapToInt(CoreCluster::count)
                .sum();
    }
}
