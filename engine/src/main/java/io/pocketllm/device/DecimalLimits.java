package io.pocketllm.device;

/** What a decimal number of a profile may be; see {@link ProfileLimits}. */
enum DecimalLimits {
    BATTERY_VOLTS("batteryNominalVolts", 1, 20, "Most phones have 3.85 to 3.89."),
    IDLE_WATTS("idleWatts", 0.01, 20, "Write watts: 400 mW is 0.4."),
    MEMORY_ENERGY("memoryPicojoulesPerByte", 1, 1000, "LPDDR takes 40 to 60 pJ a byte."),
    CORE_WATTS("wattsAtTopClock", 0.01, 50, "Write watts of one core: an A55 draws 0.4, an X4 6."),
    CONDUCTANCE("conductanceWattsPerKelvin", 0.01, 10, "Phones lose 0.2 to 0.3 W for each degree."),
    HEAT_CAPACITY("heatCapacityJoulesPerKelvin", 1, 10_000, "Phones have 40 to 200 J/K."),
    SKIN_LIMIT("skinLimitCelsius", 25, 90, "Write degrees Celsius, such as 45."),
    HOT("hotCelsius", 20, 120, "Write degrees Celsius, such as 42."),
    COOL("coolCelsius", 10, 120, "Write degrees Celsius, such as 40.5."),
    STEP_TIME_FACTOR(
            DeviceProfile.FACTOR,
            DeviceProfile.LEAST_FACTOR,
            DeviceProfile.MOST_FACTOR,
            "Write how many times longer a step takes than the rates give: 1.07 is 7 % slower."),
    CLOCK_FRACTION("clockFraction", 0.05, 1, "Write a share of the top clock: 0.7 for 70 %.");

    final String key;
    final double min;
    final double max;
    final String hint;

    DecimalLimits(String key, double min, double max, String hint) {
        this.key = key;
        this.min = min;
        this.max = max;
        this.hint = hint;
    }

    boolean allows(double value) {
        return value >= min && value <= max;
    }

    /** Without a point where there is nothing behind it. */
    static String shown(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
