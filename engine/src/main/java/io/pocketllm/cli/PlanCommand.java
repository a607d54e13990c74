package io.pocketllm.cli;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.device.probe.ClockFactors;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.FitTable;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.RowLength;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.plan.TimeBasis;
import io.pocketllm.plan.TimePlan;
import io.pocketllm.run.BatchRows;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.OwnPhones;
import io.pocketllm.run.PlannedRun;
import io.pocketllm.run.Remedy;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunOutlook;
import io.pocketllm.run.RunTime;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a run will hold in memory, on which phones it fits, and how long it takes there. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Says before a run how much memory it will hold, part by part, whether that fits a",
            "phone, how long steps take there, and what training with backpropagation would need.",
            "Trains nothing."
        })
final class PlanCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RUN.json", description = "A run file, or sample:ID.")
    private String run;

    @ArgGroup private Phones phones = new Phones();

    /** Which phones to look at. */
    static final class Phones {
        @Option(
                names = "--device",
                paramLabel = "ID",
                description = "A phone's id or a profile file, in place of the run file's.")
        private String device;

        @Option(names = "--all-devices", description = "Every phone of the catalogue.")
        private boolean all;
    }

    @Mixin private ChangedKeys changes;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws RunFileException, IOException {
        RunFile file = Runs.open(run).with(changes.values());
        PlanRequest request = PlannedRun.request(file, Folders.ofUser().cache());
        TimeBasis basis =
                RunTime.basis(file, ClockFactors.keptIn(Folders.ofUser().cache()), rowLength(file));
        List<PhonePlan> fits;
        try {
            fits = fits(file, request, basis);
        } catch (DeviceProfileException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("pocketllm: " + e.getMessage());
            err.flush();
            return ExitCode.BAD_INPUT.code();
        }
        RunPlan plan = RunPlan.of(request);
        List<Remedy> remedies =
                phones.device != null || phones.all
                        ? List.of()
                        : RunOutlook.of(file, file.spec().model().path(), request.model())
                                .remedies();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(PlanText.json(request, plan, basis.rowLength(request), fits, remedies));
        } else {
            out.print(PlanText.lines(request, plan, basis.rowLength(request), fits, remedies));
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    /** Empty where the data cannot be read: sizes can be planned without it. */
    private Optional<RowLength> rowLength(RunFile file) throws IOException {
        try {
            return Optional.of(BatchRows.mean(file, Folders.ofUser().cache()));
        } catch (RunFileException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "pocketllm: "
                            + e.getMessage()
                            + ". Times are reckoned with the longest rows allowed.");
            err.flush();
            return Optional.empty();
        }
    }

    private List<PhonePlan> fits(RunFile file, PlanRequest request, TimeBasis basis)
            throws RunFileException, DeviceProfileException, IOException {
        UserProfiles own = OwnPhones.of(Folders.ofUser());
        if (phones.device != null) {
            return List.of(on(own.find(phones.device), file, request, basis));
        }
        List<PhonePlan> fits = new ArrayList<>();
        if (phones.all) {
            List<DeviceProfile> devices = new ArrayList<>(DeviceCatalogue.builtin());
            devices.addAll(own.found().profiles());
            devices.forEach(device -> fits.add(on(device, file, request, basis)));
            return fits;
        }
        DeviceProfile device = PlannedRun.device(OwnPhones.found(file, Folders.ofUser()));
        long budget = PlannedRun.budgetBytes(file, device);
        if (budget > 0) {
            String id = device == null ? "this computer" : device.id();
            String name = device == null ? "this computer" : device.name();
            fits.add(
                    new PhonePlan(
                            DeviceFit.of(request, id, name, budget),
                            time(device, file, request, basis)));
        }
        return fits;
    }

    private static PhonePlan on(
            DeviceProfile device, RunFile file, PlanRequest request, TimeBasis basis) {
        return new PhonePlan(DeviceFit.of(request, device), time(device, file, request, basis));
    }

    private static Optional<TimePlan> time(
            DeviceProfile device, RunFile file, PlanRequest request, TimeBasis basis) {
        return RunTime.of(file, request, device, FitTable.TIMED_STEPS, basis);
    }
}
