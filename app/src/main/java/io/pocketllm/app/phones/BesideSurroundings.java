package io.pocketllm.app.phones;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunProcess;
import javafx.beans.value.ObservableValue;

/**
 * What the card of simulated beside real works with.
 *
 * @param runs where simulated runs are looked for
 * @param launcher starts a run on this computer
 * @param profiles a person's own phones
 * @param profilesChanged called when one of them came or went
 * @param hold why no run can be started on this computer now; empty where one can
 */
public record BesideSurroundings(
        RunLibrary runs,
        RunProcess.Launcher launcher,
        UserProfiles profiles,
        Runnable profilesChanged,
        ObservableValue<String> hold,
        Tasks tasks) {}
