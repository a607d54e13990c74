package io.pocketllm.run;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.device.probe.ClockFactors;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.RowLength;
import io.pocketllm.plan.TimeBasis;
import io.pocketllm.plan.TimePlan;
import java.util.Optional;

/** How long the steps of a run file take on a phone, before it is started. */
public final class RunTime {

    private RunTime() {}

    /**
     * What the times of a run file are reckoned from.
     *
     * @param factors how kinds of work compare, as a worker looks them up
     * @param rows from {@link BatchRows}; empty where no data was read
     */
    public static TimeBasis basis(RunFile file, ClockFactors factors, Optional<RowLength> rows) {
        return new TimeBasis(factors, rows, file.spec().data().tokenDropout() > 0);
    }

    /**
     * Steps of a run on a phone, in the surroundings that the run file names.
     *
     * @param request the run's sizes, from {@link PlannedRun}
     * @param device the phone; null for none
     * @param steps how many
     * @param basis from {@link #basis}
     * @return empty without a phone, or where its clock is not simulated
     */
    public static Optional<TimePlan> of(
            RunFile file, PlanRequest request, DeviceProfile device, int steps, TimeBasis basis) {
        RunSpec spec = file.spec();
        if (device == null || !spec.device().simulate()) {
            return Optional.empty();
        }
        return Optional.of(
                basis.time(
                        basis.step(request),
                        steps,
                        new SimulatedPhone(
                                device,
                                device.budgetBytes(),
                                RunInputs.threads(file, device),
                                spec.device().conditions()),
                        spec.device().surroundings()));
    }
}
