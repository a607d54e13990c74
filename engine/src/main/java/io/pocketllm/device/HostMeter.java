package io.pocketllm.device;

import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;

/**
 * How busy this computer is, through OSHI. The counters behind it are read anew at most every 0.3
 * seconds; asking more often costs next to nothing and gives the same answer. Thread-safe.
 */
public final class HostMeter {

    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private long[] ticks;
    private double cpuLoad;

    /** Loads OSHI, which takes some tenths of a second the first time in a program. */
    public HostMeter() {
        var hardware = new SystemInfo().getHardware();
        processor = hardware.getProcessor();
        memory = hardware.getMemory();
        ticks = processor.getSystemCpuLoadTicks();
    }

    /**
     * One look at this computer.
     *
     * @param cpuLoad share of all logical cores that was busy since the reading before, 0 to 1; 0
     *     in a first reading
     * @param usedBytes memory that programs hold: total less what is available
     * @param totalBytes memory of this computer
     * @param logicalCores cores as the operating system counts them
     */
    public record Reading(double cpuLoad, long usedBytes, long totalBytes, int logicalCores) {}

    /** What holds now. */
    public synchronized Reading read() {
        long[] now = processor.getSystemCpuLoadTicks();
        long total = 0;
        for (int i = 0; i < now.length; i++) {
            total += now[i] - ticks[i];
        }
        if (total > 0) {
            long idle = since(now, TickType.IDLE) + since(now, TickType.IOWAIT);
            cpuLoad = Math.clamp((double) (total - idle) / total, 0, 1);
            ticks = now;
        }
        long totalBytes = memory.getTotal();
        return new Reading(
                cpuLoad,
                totalBytes - memory.getAvailable(),
                totalBytes,
                processor.getLogicalProcessorCount());
    }

    private long since(long[] now, TickType type) {
        return now[type.getIndex()] - ticks[type.getIndex()];
    }
}
