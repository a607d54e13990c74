package io.pocketllm.device;

import java.util.List;

/**
 * A phone as the workbench simulates it: one JSON file of the {@code device-profiles} module.
 *
 * @param id file name without ending, lower case with dashes
 * @param name the name people know
 * @param systemOnChip name of the chip
 * @param ramBytes memory the phone is sold with
 * @param usableBytes MemTotal: what the kernel can hand out
 * @param budgetBytes what one foreground process may hold before the low-memory killer ends it
 * @param clusters CPU clusters, fastest first
 * @param memoryBandwidthBytesPerSecond theoretical peak of the DRAM
 * @param batteryMilliampereHours charge of a full battery
 */
public record DeviceProfile(
        String id,
        String name,
        String systemOnChip,
        long ramBytes,
        long usableBytes,
        long budgetBytes,
        List<CoreCluster> clusters,
        long memoryBandwidthBytesPerSecond,
        int batteryMilliampereHours) {

    /**
     * Cores of one kind.
     *
     * @param kind the core's name, such as Cortex-A78
     * @param count how many
     * @param clockHertz top clock
     * @param flopsPerCycle FP32 multiply-add operations a cycle, counted as two each
     * @param little true for the efficiency cores, which stay idle by default
     */
    public record CoreCluster(String kind, int count, long clockHertz, int flopsPerCycle, boolean little) {}

    /** Threads a run uses unless it says otherwise: every core that is not a little one. */
    public int defaultThreads() {
        return clusters.stream().filter(c -> !c.little()).mapToInt(CoreCluster::count).sum();
    }
}
