package io.pocketllm.cli;

import io.pocketllm.plan.DeviceFit;
import io.pocketllm.run.Folders;
import io.pocketllm.run.OwnPhones;
import io.pocketllm.run.PlannedRun;
import io.pocketllm.run.Remedy;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunOutlook;
import java.util.List;
import java.util.Locale;

/** What is said of a run that its phone would probably end, before it is started. */
final class KillWarning {

    private KillWarning() {}

    /**
     * The lines; none where the run is expected to live, nothing limits it, or it cannot be
     * planned: then starting it says why, in better words.
     */
    static List<String> of(RunFile file, Folders folders) {
        RunOutlook outlook;
        try {
            RunFile found = OwnPhones.found(file, folders);
            outlook =
                    RunOutlook.of(
                            found,
                            found.spec().model().path(),
                            PlannedRun.request(found, folders.cache()).model());
        } catch (RunFileException e) {
            return List.of();
        }
        if (!outlook.killed()) {
            return List.of();
        }
        DeviceFit fit = outlook.fit().orElseThrow();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "pocketllm: this run would probably be killed: by estimate it holds %,.0f MB at"
                                + " its peak, and %s grants %,.0f MB",
                        outlook.plan().totalBytes() / 1e6,
                        fit.name(),
                        fit.budgetBytes() / 1e6),
                "  " + remedy(outlook.remedies()),
                "  --run-anyway starts it as it is. \"pocketllm plan\" says where the memory goes.");
    }

    private static String remedy(List<Remedy> remedies) {
        return remedies.isEmpty()
                ? "Choose a phone with more memory, or raise device.budgetBytes."
                : "Would fit: "
                        + remedies.getFirst().what()
                        + ": "
                        + remedies.getFirst().settings();
    }
}
