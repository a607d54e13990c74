package io.pocketllm.app.shell;

import io.pocketllm.app.help.HelpWishes;
import io.pocketllm.app.help.Spot;
import io.pocketllm.app.setup.SetupViewModel;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFile;
import java.util.List;
import java.util.Locale;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;

/** What the place of help asks of the window. */
record GuideWishes(WorkbenchViewModel workbench) implements HelpWishes {

    /** Sets the first ready-made run up, and starts it as soon as all its fields are right. */
    @Override
    public void startSample() {
        workbench.placeProperty().set(Place.TRAIN);
        if (workbench.state().isActive()) {
            workbench.tell("A run goes on. Stop it first.");
            return;
        }
        SetupViewModel setup = workbench.setup();
        setup.open("sample:" + setup.samples().getFirst());
        if (setup.readyBinding().get()) {
            workbench.start();
            return;
        }
        RunFile sample = setup.fileProperty().get();
        setup.readyBinding()
                .addListener(
                        new ChangeListener<>() {
                            @Override
                            public void changed(
                                    ObservableValue<? extends Boolean> p, Boolean was, Boolean is) {
                                setup.readyBinding().removeListener(this);
                                // Whoever has changed something meanwhile starts it by hand.
                                if (setup.fileProperty().get() == sample) {
                                    workbench.start();
                                }
                            }
                        });
    }

    /** Opens the guide at the page about what is shown. */
    void aboutPlace() {
        Place place = workbench.placeProperty().get();
        if (place == Place.RUNS && workbench.sweeps().shownProperty().get()) {
            workbench.help().open(new Spot("guide-runs", "sweeps"));
        } else {
            workbench.help().openAbout(place.name().toLowerCase(Locale.ROOT));
        }
        workbench.placeProperty().set(Place.HELP);
    }

    /** Opens the guide where something to search for can be typed. */
    void search() {
        workbench.placeProperty().set(Place.HELP);
        workbench.help().searchWantedProperty().set(true);
    }

    @Override
    public void openModel() {
        if (workbench.state().isActive()) {
            workbench.tell("Stop the run before opening a model.");
            return;
        }
        workbench
                .dialogs()
                .openFolder("Choose a model: a folder with config.json")
                .ifPresent(
                        path -> {
                            workbench.model().choose(path);
                            workbench.placeProperty().set(Place.TRAIN);
                        });
    }

    @Override
    public void showFits() {
        workbench.placeProperty().set(Place.FITS);
    }

    @Override
    public void copy(String text, String told) {
        workbench.copy(text, told);
    }

    @Override
    public String report() {
        return workbench.train().report();
    }

    @Override
    public Folders folders() {
        return workbench.folders();
    }

    @Override
    public List<KeyLine> keys() {
        return KeysCard.lines(workbench.actions());
    }
}
