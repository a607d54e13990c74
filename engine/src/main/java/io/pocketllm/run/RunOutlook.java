package io.pocketllm.run;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.probe.ClockFactors;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.RowLength;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.plan.TimeBasis;
import io.pocketllm.plan.TimePlan;
import java.util.List;
import java.util.Optional;

/**
 * What is to be expected of a run before it is started: its memory, and its time on the phone.
 *
 * @param request what it was planned from
 * @param plan its memory, part by part
 * @param fit what that means on its phone; empty where nothing limits it
 * @param largestBatch the largest {@code training.batchSize} that fits; 0 where none does, or
 *     nothing limits it
 * @param time how long its steps take on its phone; empty where none is simulated
 * @param rows how long rows are taken to be in {@code time}
 * @param remedies changes that make room, the least first; empty where the run fits
 */
public record RunOutlook(
        PlanRequest request,
        RunPlan plan,
        Optional<DeviceFit> fit,
        int largestBatch,
        Optional<TimePlan> time,
        RowLength rows,
        List<Remedy> remedies) {

    /** How a run without a phone, but with a budget, calls where it runs. */
    private static final String HERE = "this computer";

    /** Copies the list. */
    public RunOutlook {
        remedies = List.copyOf(remedies);
    }

    /**
     * The outlook of a run, its time from sizes alone.
     *
     * @throws RunFileException as {@link #of(RunFile, String, ModelInfo, TimeBasis)}
     */
    public static RunOutlook of(RunFile file, String modelName, ModelInfo info)
            throws RunFileException {
        return of(
                file,
                modelName,
                info,
                RunTime.basis(file, ClockFactors.ESTIMATED, Optional.empty()));
    }

    /**
     * The outlook of a run. Reads the profile of a phone that the file names by path, else nothing.
     *
     * @param modelName the model's name, for refusals
     * @param info the model's sizes
     * @param basis what its time is reckoned from
     * @throws RunFileException where the model cannot do what the file asks of it, or the phone's
     *     profile cannot be used
     */
    public static RunOutlook of(RunFile file, String modelName, ModelInfo info, TimeBasis basis)
            throws RunFileException {
        PlanRequest request = PlannedRun.request(file, modelName, info);
        RunPlan plan = RunPlan.of(request);
        DeviceProfile device = PlannedRun.device(file);
        Optional<TimePlan> time =
                RunTime.of(file, request, device, file.spec().training().steps(), basis);
        RowLength rows = basis.rowLength(request);
        long budget = PlannedRun.budgetBytes(file, device);
        if (budget <= 0) {
            return new RunOutlook(request, plan, Optional.empty(), 0, time, rows, List.of());
        }
        DeviceFit fit =
                DeviceFit.of(
                        request,
                        device == null ? HERE : device.id(),
                        device == null ? HERE : device.name(),
                        budget);
        int rowsAnExample = Math.max(1, request.batchRows() / file.spec().training().batchSize());
        int largest = fit.largestBatchRows() / rowsAnExample;
        return new RunOutlook(
                request,
                plan,
                Optional.of(fit),
                largest,
                time,
                rows,
                fit.verdict() == Verdict.FITS
                        ? List.of()
                        : Remedy.find(file, modelName, info, budget, largest));
    }

    /** True where the low-memory killer is expected to end the run. */
    public boolean killed() {
        return fit.map(f -> f.verdict() == Verdict.KILLED).orElse(false);
    }
}
