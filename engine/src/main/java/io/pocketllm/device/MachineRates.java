package io.pocketllm.device;

import io.pocketllm.device.DeviceProfile.CoreCluster;
import io.pocketllm.device.DeviceProfile.ProcessKind;
import java.util.List;

/**
 * What a machine reaches at its top clock with a given number of threads.
 *
 * @param matmulFlopsPerSecond a large fp32 matrix product
 * @param bytesPerSecond a plain copy of more than the caches hold, reading and writing counted
 * @param callSeconds what calling an operator costs, whatever it does
 * @param factors how the other kinds of work compare
 */
public record MachineRates(
        double matmulFlopsPerSecond,
        double bytesPerSecond,
        double callSeconds,
        RateFactors factors) {

    /** Share of the FP32 peak that a good matrix kernel reaches (estimated: 0.5 to 0.8). */
    static final double KERNEL_SHARE = 0.6;

    /** Share of the DRAM's peak that CPUs reach (estimated: 0.5 to 0.7). */
    static final double MEMORY_SHARE = 0.6;

    /**
     * Share of a matrix product that is handed out evenly, so that the slowest core sets its pace;
     * the rest goes to whoever is free. Fitted to one phone's figures (docs/simulated-phone.md).
     */
    static final double EVEN_SHARE = 0.75;

    /** What one core can draw of the bandwidth that all reach; two were seen to reach 0.83. */
    static final double CORE_MEMORY_SHARE = 0.42;

    /** Little cores among the threads cost bandwidth: half of the threads, 0.4 of it. */
    static final double LITTLE_MEMORY_PENALTY = 0.8;

    /** An app gets about 0.7 of the speed of a program started through adb shell. */
    static final double APP_SHARE = 0.7;

    /** Calling an operator and waking its threads (estimated). */
    static final double CALL_SECONDS = 20e-6;

    /**
     * A phone's rates by rule from its profile. Its {@code stepTimeFactor} slows arithmetic, memory
     * and calls alike, so that all work takes so many times as long.
     *
     * @param threads threads of the program, fastest cores first; more than the phone has cores
     *     counts as all of them
     * @param conditions their background load takes its share of every core
     * @param factors {@link RateFactors#ESTIMATED}, or those of the host probe
     */
    public static MachineRates of(
            DeviceProfile phone, int threads, PhoneConditions conditions, RateFactors factors) {
        double share =
                (1 - conditions.backgroundCpuShare())
                        * (phone.processKind() == ProcessKind.APP ? APP_SHARE : 1)
                        / phone.stepTimeFactor();
        return new MachineRates(
                coreSpeed(phone.clusters(), threads) * KERNEL_SHARE * share,
                phone.memoryBandwidthBytesPerSecond()
                        * MEMORY_SHARE
                        * memoryReach(phone.clusters(), threads)
                        / phone.stepTimeFactor(),
                CALL_SECONDS / share,
                factors);
    }

    /** FLOP/s that the fastest {@code threads} cores have together when some work waits for all. */
    static double coreSpeed(List<CoreCluster> clusters, int threads) {
        double sum = 0;
        double slowest = Double.MAX_VALUE;
        int left = threads;
        for (CoreCluster cluster : clusters) {
            int used = Math.min(left, cluster.count());
            if (used > 0) {
                sum += used * cluster.peakFlopsPerSecond();
                slowest = Math.min(slowest, cluster.peakFlopsPerSecond());
                left -= used;
            }
        }
        double even = (threads - left) * slowest;
        return EVEN_SHARE * even + (1 - EVEN_SHARE) * sum;
    }

    /** Share of the reachable bandwidth that the fastest {@code threads} cores draw. */
    static double memoryReach(List<CoreCluster> clusters, int threads) {
        int left = threads;
        int little = 0;
        for (CoreCluster cluster : clusters) {
            int used = Math.min(left, cluster.count());
            little += cluster.little() ? used : 0;
            left -= used;
        }
        int used = threads - left;
        boolean mixed = little < used;
        double penalty = mixed ? 1 - LITTLE_MEMORY_PENALTY * little / used : 1;
        return Math.min(1, CORE_MEMORY_SHARE * used) * penalty;
    }

    /** Operations a second of a kind. */
    double flopsPerSecond(OperationKind kind, Precision precision) {
        return matmulFlopsPerSecond * factors.computeOf(kind, precision);
    }

    /** Bytes a second of a kind. */
    double bytesPerSecond(OperationKind kind) {
        return bytesPerSecond * factors.traffic().get(kind);
    }
}
