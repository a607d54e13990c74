package io.pocketllm.plan;

import io.pocketllm.device.DeviceProfile;
import java.util.List;

/**
 * What fits where: ways to train against phones.
 *
 * @param rows one a way, in the order of the ways
 */
public record FitTable(List<Row> rows) {

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
     */
    public record Row(TrainingWay way, RunPlan plan, List<DeviceFit> fits) {

        /** Copies the list. */
        public Row {
            fits = List.copyOf(fits);
        }
    }

    /** The table of these ways on these phones. */
    public static FitTable of(
            List<? extends TrainingWay> ways, List<? extends DeviceProfile> devices) {
        return new FitTable(ways.stream().map(way -> row(way, devices)).toList());
    }

    private static Row row(TrainingWay way, List<? extends DeviceProfile> devices) {
        RunPlan plan = way.plan();
        return new Row(way, plan, DeviceFit.all(way, plan, devices));
    }
}
