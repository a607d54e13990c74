package io.pocketllm.app.phones;

import io.pocketllm.phone.PhoneRun;
import io.pocketllm.phone.RunComparison;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunOverview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A simulated run that a phone's run can be held against.
 *
 * @param folder its run folder
 * @param name its name, phone, and how far it went: what a person chooses by
 */
public record BesideTwin(Path folder, String name) {

    /** All of them, the newest first. Reads every run's head: in the background. */
    static List<BesideTwin> all(RunLibrary runs, RunFile real) throws IOException {
        return runs.list().stream()
                .filter(run -> run.file() != null)
                .filter(run -> !PhoneRun.isIn(run.folder()))
                .filter(run -> RunComparison.isOfSimulated(real, run.file()))
                // One that failed before its first step has nothing to be held against.
                .filter(run -> run.started() != null)
                .map(run -> new BesideTwin(run.folder(), name(run)))
                .toList();
    }

    private static String name(RunOverview run) {
        return run.name()
                + " · "
                + run.started().deviceName()
                + " · "
                + (run.finished() ? run.step() + " steps" : "not finished");
    }

    @Override
    public String toString() {
        return name;
    }
}
