package io.pocketllm.device;

import io.pocketllm.device.DeviceProfile.CoreCluster;

/**
 * What a phone draws: {@code idle + Σ busy cores · watts · load · fraction³ + bytes a second ·
 * energy of a byte}. Near its top a clock needs a voltage that rises with it, and power goes with
 * clock times voltage squared, so with about the cube of the clock.
 */
public final class PowerModel {

    private final double idleWatts;
    private final double coreWatts;
    private final double joulesPerByte;

    /**
     * @param threads busy cores, fastest first
     */
    public PowerModel(DeviceProfile phone, int threads) {
        idleWatts = phone.idleWatts();
        joulesPerByte = phone.memoryPicojoulesPerByte() * 1e-12;
        double watts = 0;
        int left = threads;
        for (CoreCluster cluster : phone.clusters()) {
            int used = Math.min(left, cluster.count());
            watts += used * cluster.wattsAtTopClock();
            left -= used;
        }
        coreWatts = watts;
    }

    /** Watts of a phone that does nothing. */
    public double idleWatts() {
        return idleWatts;
    }

    /**
     * Watts while working.
     *
     * @param load share of the time the cores are busy, 0 to 1
     * @param clockFraction share of the top clock, above 0 to 1
     * @param bytesPerSecond memory traffic
     */
    public double watts(double load, double clockFraction, double bytesPerSecond) {
        double cube = clockFraction * clockFraction * clockFraction;
        return idleWatts + coreWatts * load * cube + bytesPerSecond * joulesPerByte;
    }
}
