package io.pocketllm.run;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.RateFactors;
import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.device.probe.HostProbe;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.StepEstimate;
import io.pocketllm.plan.TimePlan;
import java.nio.file.Path;
import java.util.Optional;

/** How long the steps of a run file take on a phone, before it is started. */
public final class RunTime {

    private static final int HOST_CORES = Runtime.getRuntime().availableProcessors();

    private RunTime() {}

    /**
     * Steps of a run on a phone, in the surroundings that the run file names.
     *
     * @param request the run's sizes, from {@link PlannedRun}
     * @param device the phone; null for none
     * @param steps how many
     * @param cache where measurements of this computer are kept, as a worker looks for them; null
     *     to go by estimates
     * @return empty without a phone, or where its clock is not simulated
     */
    public static Optional<TimePlan> of(
            RunFile file, PlanRequest request, DeviceProfile device, int steps, Path cache) {
        RunSpec spec = file.spec();
        if (device == null || !spec.device().simulate()) {
            return Optional.empty();
        }
        int threads = RunInputs.threads(file, device);
        RateFactors factors =
                cache == null
                        ? RateFactors.ESTIMATED
                        : HostProbe.kept(cache, Math.min(threads, HOST_CORES))
                                .map(MachineRates::factors)
                                .orElse(RateFactors.ESTIMATED);
        return Optional.of(
                TimePlan.of(
                        StepEstimate.of(request, spec.data().tokenDropout() > 0),
                        steps,
                        new SimulatedPhone(
                                device, device.budgetBytes(), threads, spec.device().conditions()),
                        spec.device().surroundings(),
                        factors));
    }
}
