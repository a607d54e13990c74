package io.pocketllm.app.shell;

import io.pocketllm.app.phones.BesideSurroundings;
import io.pocketllm.app.phones.OwnProfiles;
import io.pocketllm.app.phones.PhoneSurroundings;
import io.pocketllm.app.phones.PhonesPage;
import io.pocketllm.app.runs.Remembered;
import io.pocketllm.app.setup.PhoneProfilesViewModel;
import io.pocketllm.app.setup.SetupViewModel;
import io.pocketllm.app.sweep.SweepsViewModel;
import io.pocketllm.app.train.TrainViewModel;
import java.nio.file.Path;
import javafx.beans.binding.Bindings;

/** What the page of real phones asks of the window, and what it is made over. */
record PhoneWishes(WorkbenchViewModel workbench) implements PhonesPage.Wishes {

    static PhoneSurroundings surroundings(
            WorkbenchWindow.Parts parts, SetupViewModel setup, PhoneProfilesViewModel profiles) {
        Remembered remembered = parts.settings().remembered("phones");
        return new PhoneSurroundings(
                parts.realPhones(),
                parts.tasks(),
                parts.dialogs(),
                new OwnProfiles(parts.settings().ownPhones(), profiles::refresh),
                parts.phones(),
                setup.fileProperty(),
                setup.holdReasonBinding(),
                new PhoneSurroundings.KeptText() {
                    @Override
                    public String get() {
                        return remembered.get("adb");
                    }

                    @Override
                    public void put(String text) {
                        remembered.put("adb", text);
                    }
                });
    }

    static BesideSurroundings besides(
            WorkbenchWindow.Parts parts,
            TrainViewModel train,
            SweepsViewModel sweeps,
            PhoneProfilesViewModel profiles) {
        return new BesideSurroundings(
                parts.library(),
                parts.launcher(),
                parts.settings().ownPhones(),
                profiles::refresh,
                Bindings.createStringBinding(
                        () ->
                                train.stateProperty().get().isActive()
                                        ? "A run goes on in Train. Stop it first."
                                        : sweeps.runningProperty().get()
                                                ? "A sweep goes on in Runs. Stop it first."
                                                : "",
                        train.stateProperty(),
                        sweeps.runningProperty()),
                parts.tasks());
    }

    @Override
    public void simulate(String profileId) {
        if (workbench.state().isActive()) {
            workbench.tell("Stop the run before choosing another phone.");
            return;
        }
        workbench.setup().choosePhone(profileId);
        workbench.placeProperty().set(Place.TRAIN);
        workbench.tell("Simulating " + profileId + ".");
    }

    @Override
    public void showInRuns(Path folder) {
        workbench.sweeps().shownProperty().set(false);
        workbench.placeProperty().set(Place.RUNS);
        workbench.runs().open(folder);
    }
}
