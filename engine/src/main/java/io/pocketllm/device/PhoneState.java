package io.pocketllm.device;

/** Heat and battery of one phone over its own time. For one thread at a time. */
public final class PhoneState {

    private final PowerModel power;
    private final ThermalModel thermal;
    private final BatteryModel battery;
    private final double chargerWatts;
    private double seconds;
    private double joules;
    private boolean charging;

    /**
     * @param threads busy cores while working, fastest first
     */
    public PhoneState(DeviceProfile phone, int threads, ThermalSettings settings) {
        this.power = new PowerModel(phone, threads);
        this.thermal = new ThermalModel(phone.thermal(), settings);
        this.battery = new BatteryModel(phone.batteryJoules(), settings.startPercent());
        this.charging = settings.chargingWatts() > 0;
        this.chargerWatts = charging ? settings.chargingWatts() : ThermalSettings.USB_PORT_WATTS;
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
        battery.move(watts * interval, (charging ? chargerWatts : 0) * interval);
        seconds += interval;
        joules += watts * interval;
        return new PhoneReading(
                phoneMillis,
                thermal.temperatureCelsius(),
                thermal.clockFraction(),
                battery.percent(),
                watts * interval);
    }

    /** Goes on from an earlier moment of this phone. */
    void restore(PhoneSnapshot from) {
        thermal.restore(from.temperatureCelsius(), from.throttleStep());
        battery.restore(from.batteryPercent());
        seconds = from.phoneMillis() / 1000;
        joules = from.joules();
    }

    /** All there is to say of this moment. */
    public PhoneSnapshot snapshot() {
        return new PhoneSnapshot(
                seconds * 1000,
                thermal.temperatureCelsius(),
                thermal.throttleLevel(),
                thermal.clockFraction(),
                battery.percent(),
                joules);
    }

    /** The temperature that the phone comes to when it does nothing. */
    public double coolestCelsius() {
        return thermal.equilibriumCelsius(power.idleWatts());
    }

    /** Connects a charger or takes it away: the one of the settings, else a computer's USB port. */
    public void plug(boolean connected) {
        charging = connected;
    }

    /** True where a charger is connected. */
    public boolean isCharging() {
        return charging;
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
