package io.pocketllm.run;

import io.pocketllm.device.CoolChargingPolicy;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.PhonePacer;
import io.pocketllm.device.PhoneSimulation;
import io.pocketllm.device.PhoneSnapshot;
import io.pocketllm.device.RateFactors;
import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.device.probe.ClockFactors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes the phone's side of a run from its run file. */
final class TrainingPhones {

    private TrainingPhones() {}

    /**
     * The phone of a run.
     *
     * @param device the phone's profile, or null for none
     * @param cache where measurements of this computer are kept, and graphs for the moment
     * @param before the folder of a run that goes on: its phone is as its last event says; null for
     *     a new run
     * @throws RunFileException where the phone would wait for ever
     */
    static TrainingPhone of(
            RunFile file,
            DeviceProfile device,
            Path cache,
            RunFolder before,
            RunControl control,
            Stopwatch clock,
            Consumer<Event> events)
            throws RunFileException, IOException {
        RunSpec.Device wanted = file.spec().device();
        if (device == null || !wanted.simulate()) {
            return TrainingPhone.NONE;
        }
        int threads = RunInputs.threads(file, device);
        ClockFactors factors = ClockFactors.keptIn(cache);
        PhoneSimulation phone = simulation(file, device, factors.of(threads));
        SimulatedTrainingPhone training =
                new SimulatedTrainingPhone(
                        phone,
                        file.spec(),
                        new PassMeter(cache.resolve("tmp")),
                        factors.areMeasured(threads)
                                ? Calibration.HOST_PROBE
                                : Calibration.ESTIMATED,
                        policy(file, device, phone),
                        wanted.realTime() ? new PhonePacer(control.time()) : null,
                        control,
                        clock,
                        events);
        if (before != null) {
            restore(training, before.readEvents());
        }
        return training;
    }

    /**
     * Looks whether the run can go on on this phone whenever it had to wait.
     *
     * @param device the phone's profile, or null for none
     * @throws RunFileException where the phone would wait for ever
     */
    static void check(RunFile file, DeviceProfile device) throws RunFileException {
        if (device != null && file.spec().device().simulate()) {
            policy(file, device, simulation(file, device, RateFactors.ESTIMATED));
        }
    }

    private static PhoneSimulation simulation(
            RunFile file, DeviceProfile device, RateFactors factors) {
        RunSpec.Device wanted = file.spec().device();
        return new PhoneSimulation(
                new SimulatedPhone(
                        device,
                        RunInputs.budgetBytes(file, device),
                        RunInputs.threads(file, device),
                        wanted.conditions()),
                wanted.surroundings(),
                factors);
    }

    /** Where the phone was when its last event was told; a new phone where none was. */
    private static void restore(SimulatedTrainingPhone training, List<Event> events) {
        Event.Phone last = null;
        double hottest = -273;
        for (Event event : events) {
            if (event instanceof Event.Phone p && p.isSimulated()) {
                last = p;
                hottest = Math.max(hottest, p.temperatureCelsius());
            }
        }
        if (last == null) {
            return;
        }
        try {
            training.restore(
                    new PhoneSnapshot(
                            last.phoneElapsedMillis(),
                            last.temperatureCelsius(),
                            last.throttleStep(),
                            last.clockFraction(),
                            last.batteryPercent(),
                            last.joules()),
                    last.charging(),
                    hottest);
        } catch (IllegalArgumentException e) {
            // A line that somebody changed: the phone starts anew, the training does not care.
        }
    }

    private static CoolChargingPolicy policy(
            RunFile file, DeviceProfile device, PhoneSimulation phone) throws RunFileException {
        TrainWhen when = file.spec().device().trainWhen();
        if (when == TrainWhen.ALWAYS) {
            return null;
        }
        CoolChargingPolicy policy =
                CoolChargingPolicy.of(device, when == TrainWhen.CHARGING_AND_COOL);
        double coolest = phone.state().coolestCelsius();
        if (coolest >= policy.resumeCelsius()) {
            throw new RunFileException(
                    file.source(),
                    "device.ambientCelsius",
                    String.format(
                            Locale.ROOT,
                            "is %.1f, so that an idle %s stays at %.1f degrees, and with"
                                    + " device.trainWhen \"%s\" it trains again only below %.1f",
                            file.spec().device().surroundings().ambientCelsius(),
                            device.name(),
                            coolest,
                            when.key(),
                            policy.resumeCelsius()),
                    "Lower device.ambientCelsius, take the phone out of its case, or set"
                            + " device.trainWhen to \"always\".");
        }
        return policy;
    }
}
