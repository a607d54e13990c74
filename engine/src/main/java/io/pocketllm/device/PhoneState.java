package io.pocketllm.device;

/** Heat and battery of one phone over its own time. For one thread at a time. */
public final class PhoneState {

    private final PowerModel power;
    private final ThermalModel thermal;
    private final BatteryModel battery;
    private final double chargingWatts;
    private double seconds;

    /**
     * @param threads busy cores while working, fastest first
     */
    public PhoneState(DeviceProfile phone, int threads, ThermalSettings settings) {
        this.power = new PowerModel(phone, threads);
        this.thermal = new ThermalModel(phone.thermal(), settings);
        this.battery = new BatteryModel(phone.batteryJoules(), settings.startPercent());
        this.chargingWatts = settings.chargingWatts();
    }

    /**
     * Lets the phone work at the clock its temperature allows.
     *
     * @param phoneMillis how long, 0 or more
     * @param load share of the time the cores are busy, 0 to 1
     * @param bytes memory traffic in that time
     */
    public PhoneReading work(double phoneMillis, double load, double bytes) {
        double bytesPerSecond = phoneMillis > 0 ? bytes * 1000 / phoneMillis : 0;
        return pass(phoneMillis, power.watts(load, thermal.clockFraction(), bytesPerSecond));
    }

    /** Lets the phone do nothing for a while: a paused run. */
    public PhoneReading rest(double phoneMillis) {
        return pass(phoneMillis, power.idleWatts());
    }

    private PhoneReading pass(double phoneMillis, double watts) {
        double interval = phoneMillis / 1000;
        // All that is drawn becomes heat; losses of the charger are left out.
        thermal.advance(watts, interval);
        battery.move(watts * interval, chargingWatts * interval);
        seconds += interval;
        return new PhoneReading(
                phoneMillis,
                thermal.temperatureCelsius(),
                thermal.clockFraction(),
                battery.percent(),
                watts * interval);
    }

    /** True where a charger is connected. */
    public boolean isCharging() {
        return chargingWatts > 0;
    }

    /** True where the battery has run out and no charger feeds the phone. */
    public boolean isEmpty() {
        return battery.isEmpty();
    }

    /** Skin temperature now. */
    public double temperatureCelsius() {
        return thermal.temperatureCelsius();
    }

    /** What the phone allows of its top clock now. */
    public double clockFraction() {
        return thermal.clockFraction();
    }

    /** Charge left, 0 to 100. */
    public double batteryPercent() {
        return battery.percent();
    }

    /** Time that has passed on the phone, seconds. */
    public double seconds() {
        return seconds;
    }
}
