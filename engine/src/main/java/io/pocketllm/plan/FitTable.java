package io.pocketllm.plan;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.device.StepWork;
import io.pocketllm.device.ThermalSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What fits where: ways to train against phones.
 *
 * @param rows one a way, in the order of the ways
 */
public record FitTable(List<Row> rows) {

    /** Steps whose time is told. */
    public static final int TIMED_STEPS = 100;

    /** Copies the list. */
    public FitTable {
        rows = List.copyOf(rows);
    }

    /**
     * One way on every phone.
     *
     * @param way model, base and method
     * @param plan its memory, the same on every phone
     * @param fits one a phone, in the order of the phones
     * @param times {@value TIMED_STEPS} steps on each phone, in the same order; all are empty where
     *     this program does not train that way
     */
    public record Row(
            TrainingWay way, RunPlan plan, List<DeviceFit> fits, List<Optional<TimePlan>> times) {

        /** Copies the lists. */
        public Row {
            fits = List.copyOf(fits);
            times = List.copyOf(times);
        }
    }

    /**
     * The table of these ways on these phones, idle ones in a room with their default threads.
     *
     * @param basis what times are reckoned from
     */
    public static FitTable of(
            List<? extends TrainingWay> ways,
            List<? extends DeviceProfile> devices,
            TimeBasis basis) {
        return new FitTable(ways.stream().map(way -> row(way, devices, basis)).toList());
    }

    private static Row row(
            TrainingWay way, List<? extends DeviceProfile> devices, TimeBasis basis) {
        RunPlan plan = way.plan();
        Optional<StepWork> step = way.stepWork(basis);
        List<Optional<TimePlan>> times = new ArrayList<>();
        for (DeviceProfile device : devices) {
            SimulatedPhone phone = SimulatedPhone.of(device);
            times.add(step.map(work -> basis.time(work, TIMED_STEPS, phone, ThermalSettings.ROOM)));
        }
        return new Row(way, plan, DeviceFit.all(way, plan, devices), times);
    }
}
