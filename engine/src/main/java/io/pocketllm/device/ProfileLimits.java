package io.pocketllm.device;

/**
 * What a number of a profile may be. Wide enough for any phone of the next years, narrow enough to
 * catch a wrong unit; the schema of the profiles says the same, and a test holds the two together.
 */
enum ProfileLimits {
    RAM_BYTES("ramBytes", 256L << 20, 1L << 40, "Write bytes: 8 GiB is 8589934592."),
    USABLE_BYTES("usableBytes", 64L << 20, 1L << 40, "Write bytes: MemTotal in kB times 1024."),
    IDLE_AVAILABLE_BYTES(
            "idleAvailableBytes",
            1L << 20,
            1L << 40,
            "Write bytes: MemAvailable in kB times 1024."),
    BUDGET_BYTES("budgetBytes", 1L << 20, 1L << 40, "Write bytes: 3.7 GiB is 3972844749."),
    BANDWIDTH(
            "memoryBandwidthBytesPerSecond",
            100_000_000L,
            10_000_000_000_000L,
            "Write bytes a second: 17.1 GB/s is 17100000000."),
    STORAGE(
            "storageReadBytesPerSecond",
            1_000_000L,
            100_000_000_000L,
            "Write bytes a second: UFS 3.1 reads about 1950000000."),
    BATTERY("batteryMilliampereHours", 100, 100_000, "Write mAh: most phones have 3000 to 6000."),
    CORE_COUNT("count", 1, 64, "Leave a cluster out rather than give it no cores."),
    CLOCK_HERTZ("clockHertz", 10_000_000L, 10_000_000_000L, "Write hertz: 2.4 GHz is 2400000000."),
    FLOPS_PER_CYCLE("flopsPerCycle", 1, 1024, "An A55 does 8, an A78 16, an X1 to X4 32.");

    final String key;
    final long min;
    final long max;
    final String hint;

    ProfileLimits(String key, long min, long max, String hint) {
        this.key = key;
        this.min = min;
        this.max = max;
        this.hint = hint;
    }

    boolean allows(long value) {
        return value >= min && value <= max;
    }
}
