package io.pocketllm.run;

import io.pocketllm.device.PhoneConditions;
import io.pocketllm.device.ThermalSettings;
import java.time.Duration;

/** Reads the {@code device} part of a run file. */
final class DeviceSpecReader {

    private DeviceSpecReader() {}

    static RunSpec.Device read(StrictObject d) throws RunFileException {
        String profile = d.text("profile", "none");
        Long budgetBytes =
                d.has("budgetBytes") ? d.longInteger("budgetBytes", null, 1 << 20, 1L << 50) : null;
        Integer threads = d.has("threads") ? d.integer("threads", null, 1, 256) : null;
        RunSpec.Device device =
                new RunSpec.Device(
                        profile,
                        budgetBytes,
                        threads,
                        d.bool("simulate", true),
                        d.bool("realTime", false),
                        d.constant(
                                "trainWhen", TrainWhen.ALWAYS, TrainWhen.values(), TrainWhen::key),
                        surroundings(d),
                        conditions(d));
        if (device.trainWhen() == TrainWhen.CHARGING_AND_COOL
                && device.surroundings().chargingWatts() == 0) {
            throw d.problem(
                    "trainWhen",
                    "is \"charging-and-cool\", and the phone has no charger",
                    "Set device.chargingWatts (a computer's USB port gives "
                            + ThermalSettings.USB_PORT_WATTS
                            + "), or use \"cool\".");
        }
        d.done();
        return device;
    }

    private static ThermalSettings surroundings(StrictObject d) throws RunFileException {
        ThermalSettings room = ThermalSettings.ROOM;
        return new ThermalSettings(
                d.number("ambientCelsius", room.ambientCelsius(), -20, 60),
                d.number("chargingWatts", room.chargingWatts(), 0, 150),
                d.bool("case", false) ? ThermalSettings.CASE_FACTOR : room.conductanceFactor(),
                d.number("startBatteryPercent", room.startPercent(), 0, 100));
    }

    private static PhoneConditions conditions(StrictObject d) throws RunFileException {
        return new PhoneConditions(
                Duration.ofMillis(d.integer("killerReactionMillis", 0, 0, 10_000)),
                d.number("zramShare", 0.0, 0, 0.9),
                d.longInteger("backgroundBytes", 0L, 0, 1L << 50),
                d.number("backgroundCpuShare", 0.0, 0, 0.9));
    }
}
