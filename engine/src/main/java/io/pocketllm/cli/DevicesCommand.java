package io.pocketllm.cli;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.device.DeviceProfileWriter;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.HostCalibration;
import io.pocketllm.run.OwnPhones;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Phones that can be simulated. */
@Command(
        name = "devices",
        description = "Phones that can be simulated.",
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return list();
    }

    @Command(
            name = "list",
            description = "Every phone with its memory, the budget of one process, and its cores.",
            mixinStandardHelpOptions = true)
    int list() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-22s %-40s %5s %9s  %s%n", "ID", "PHONE", "RAM", "BUDGET", "CORES");
        for (DeviceProfile device : DeviceCatalogue.builtin()) {
            line(out, device);
        }
        UserProfiles.Found own = ownProfiles().found();
        for (DeviceProfile device : own.profiles()) {
            line(out, device);
        }
        out.flush();
        for (DeviceProfileException problem : own.problems()) {
            spec.commandLine().getErr().println("pocketllm: " + problem.getMessage());
        }
        return ExitCode.DONE.code();
    }

    @Command(
            name = "show",
            description = "Everything a profile says, and who says so.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "A phone's id, or a profile file.")
                    String id,
            @Option(names = "--json", description = "Print the profile as JSON.") boolean json) {
        DeviceProfile device;
        try {
            device = ownProfiles().find(id);
        } catch (DeviceProfileException e) {
            return refuse(e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(DeviceProfileWriter.json(device));
        } else {
            DeviceText.print(device, out);
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    @Command(
            name = "validate",
            description = "Checks a profile file. Exit code 2 and the key where it is refused.",
            mixinStandardHelpOptions = true)
    int validate(@Parameters(paramLabel = "FILE", description = "A profile file.") Path file) {
        try {
            DeviceProfile device = DeviceCatalogue.read(file);
            PrintWriter out = spec.commandLine().getOut();
            out.println(file + ": valid: " + device.name() + " (" + device.id() + ")");
            out.flush();
            return ExitCode.DONE.code();
        } catch (DeviceProfileException e) {
            return refuse(e);
        }
    }

    @Command(
            name = "probe",
            description = {
                "Measures this computer, some seconds long, so that a simulated phone's clock goes by"
                        + " how kinds of work really compare and not by estimates.",
                "What was measured before is shown and not measured again."
            },
            mixinStandardHelpOptions = true)
    int probe(
            @Option(names = "--again", description = "Measure anew.") boolean again,
            @Option(names = "--json", description = "Print JSON.") boolean json)
            throws IOException {
        Folders folders = Folders.ofUser();
        Map<Integer, HostCalibration.Measured> kept = new HashMap<>();
        if (!again) {
            HostCalibration.kept(folders).forEach(each -> kept.put(each.threads(), each));
        }
        List<HostCalibration.Measured> all = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        for (int threads : HostCalibration.threadCounts()) {
            HostCalibration.Measured known = kept.get(threads);
            HostCalibration.Measured measured =
                    known == null ? HostCalibration.measure(folders, threads) : known;
            all.add(measured);
            if (!json) {
                ProbeText.print(measured, out);
                out.flush();
            }
        }
        if (json) {
            out.println(ProbeText.json(all));
            out.flush();
        }
        return ExitCode.DONE.code();
    }

    private int refuse(DeviceProfileException e) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("pocketllm: " + e.getMessage());
        err.flush();
        return ExitCode.BAD_INPUT.code();
    }

    private static UserProfiles ownProfiles() {
        return OwnPhones.of(Folders.ofUser());
    }

    private static void line(PrintWriter out, DeviceProfile device) {
        out.printf(
                Locale.ROOT,
                "%-22s %-40s %2.0f GB %6.2f GB  %s%n",
                device.id(),
                device.name(),
                device.ramBytes() / (double) (1 << 30),
                device.budgetBytes() / 1e9,
                DeviceText.cores(device));
    }
}
