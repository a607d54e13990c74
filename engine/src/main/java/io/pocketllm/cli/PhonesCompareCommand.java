package io.pocketllm.cli;

import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.phone.ComparisonText;
import io.pocketllm.phone.Recalibration;
import io.pocketllm.phone.RunComparison;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.OwnPhones;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a run on a phone against its simulation. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Holds a run on a real phone against a run of the same run file on a simulated one: step",
            "time, memory, temperature, throttling. Both may still go on."
        })
final class PhonesCompareCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "REAL_RUN_DIR",
            description = "The folder of a run that \"phones run\" started.")
    private Path real;

    @Parameters(
            index = "1",
            paramLabel = "SIM_RUN_DIR",
            description = "The folder of its simulated twin, as \"phones simulate\" makes it.")
    private Path simulated;

    @Option(
            names = "--recalibrate",
            paramLabel = "ID",
            description = "Keep the profile, corrected by the measured steps, as your phone ID.")
    private String id;

    @Option(
            names = "--replace",
            description = "With --recalibrate: replace your own phone of that id.")
    private boolean replace;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        RunComparison comparison = RunComparison.of(real, simulated);
        Recalibration saved = null;
        if (id != null) {
            try {
                saved = recalibrate(comparison);
            } catch (DeviceProfileException e) {
                PrintWriter err = spec.commandLine().getErr();
                err.println("pocketllm: " + e.getMessage());
                err.flush();
                return ExitCode.BAD_INPUT.code();
            }
        }
        if (json) {
            out.println(ComparisonJson.of(comparison, saved));
        } else {
            ComparisonLines.print(comparison, out);
            if (saved != null) {
                out.println(
                        "Kept as your phone "
                                + saved.profile().id()
                                + ": a step takes "
                                + ComparisonText.factor(saved.profile().stepTimeFactor())
                                + " times what its rates give, "
                                + ComparisonText.factor(saved.oldFactor())
                                + " before.");
            }
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    private Recalibration recalibrate(RunComparison comparison)
            throws DeviceProfileException, IOException {
        UserProfiles own = OwnPhones.of(Folders.ofUser());
        return Recalibration.save(own, comparison, id, replace);
    }
}
