package io.pocketllm.app.shell;

import io.pocketllm.app.dialog.Dialogs.FileKind;
import io.pocketllm.app.setup.ModelViewModel;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.scene.input.KeyCode;

/** Everything a person can do by a key or by searching for it: the one list of it. */
final class WorkbenchActions {

    private WorkbenchActions() {}

    static List<Action> of(WorkbenchViewModel w) {
        BooleanSupplier always = () -> true;
        BooleanSupplier active = () -> w.state().isActive();
        BooleanSupplier idle = () -> !w.state().isActive();
        List<Action> all = new ArrayList<>();
        all.add(new Action("Start the run", KeyCode.R, true, idle, w::start));
        all.add(
                new Action(
                        "Pause or resume",
                        KeyCode.SPACE,
                        false,
                        active,
                        () -> w.train().togglePause()));
        all.add(
                new Action(
                        "Stop after this step; asked twice, end at once",
                        KeyCode.PERIOD,
                        true,
                        active,
                        () -> w.train().stop()));
        all.add(new Action("Evaluate now", KeyCode.E, false, active, () -> w.train().evaluate()));
        all.add(new Action("Show all and follow the run", KeyCode.F, false, always, w::follow));
        all.add(
                new Action(
                        "Back to the view before the last zoom; in Help to the page before",
                        KeyCode.BACK_SPACE,
                        false,
                        always,
                        () -> {
                            if (w.placeProperty().get() == Place.HELP) {
                                w.help().back();
                            } else {
                                w.charts().back();
                            }
                        }));
        all.add(
                new Action(
                        "Logarithmic axes for loss, slope and step time",
                        KeyCode.G,
                        false,
                        always,
                        () -> flip(w.charts().logarithmicProperty())));
        all.add(
                new Action(
                        "Open a run file; in Runs a run folder",
                        KeyCode.O,
                        true,
                        () -> idle.getAsBoolean() || inRuns(w),
                        () -> {
                            if (inRuns(w)) {
                                w.files().chooseRunFolder();
                            } else {
                                w.files().chooseRunFile();
                            }
                        }));
        all.add(
                new Action(
                        "Save this run as a file",
                        KeyCode.S,
                        true,
                        always,
                        () -> w.files().save()));
        all.add(
                new Action(
                        "Export all series as a table (CSV)",
                        KeyCode.E,
                        true,
                        always,
                        () -> {
                            if (inRuns(w)) {
                                w.runExports().saveTable();
                            } else {
                                w.saveTable();
                            }
                        }));
        all.add(
                new Action(
                        "Save the charts as a picture (PNG)",
                        KeyCode.P,
                        true,
                        always,
                        () -> {
                            if (inRuns(w)) {
                                w.runExports().savePng();
                            } else {
                                w.savePicture();
                            }
                        }));
        all.add(
                new Action(
                        "Show or hide the log",
                        KeyCode.L,
                        false,
                        always,
                        () -> flip(w.logShownProperty())));
        all.add(
                new Action(
                        "Show or hide the memory estimate",
                        KeyCode.M,
                        false,
                        always,
                        () -> flip(w.plan().detailsShownProperty())));
        for (Place place : Place.values()) {
            all.add(
                    new Action(
                            "Go to " + place.text(),
                            KeyCode.valueOf("DIGIT" + (place.ordinal() + 1)),
                            true,
                            always,
                            () -> w.placeProperty().set(place)));
        }
        all.add(
                new Action(
                        "Switch between light and dark", KeyCode.D, true, always, w::switchTheme));
        all.add(new Action("Larger text", KeyCode.PLUS, true, always, () -> w.changeTextSize(10)));
        all.add(
                new Action(
                        "Smaller text", KeyCode.MINUS, true, always, () -> w.changeTextSize(-10)));
        all.add(
                new Action(
                        "Text as large as usual",
                        KeyCode.DIGIT0,
                        true,
                        always,
                        () -> w.appearance().textSizeProperty().set(100)));
        all.add(
                new Action(
                        "Search for something to do",
                        KeyCode.K,
                        true,
                        always,
                        () -> flip(w.paletteShownProperty())));
        all.add(
                new Action(
                        "Show or hide this list of keys",
                        KeyCode.F1,
                        false,
                        always,
                        () -> flip(w.keysShownProperty())));
        GuideWishes guide = new GuideWishes(w);
        all.add(new Action("Help about this place", KeyCode.F1, true, always, guide::aboutPlace));
        all.add(new Action("Search the guide", KeyCode.F, true, always, guide::search));
        all.addAll(RunActions.of(w));
        all.addAll(PhoneActions.of(w));
        all.addAll(withoutKey(w, idle));
        return List.copyOf(all);
    }

    private static List<Action> withoutKey(WorkbenchViewModel w, BooleanSupplier idle) {
        List<Action> all = new ArrayList<>();
        all.add(
                Action.withoutKey(
                        "Copy this run as a command", () -> true, () -> w.files().copyCommand()));
        all.add(
                Action.withoutKey(
                        "Copy the charts as a picture", () -> !inRuns(w), w::copyPicture));
        all.add(
                Action.withoutKey(
                        "Choose a model: folder",
                        idle,
                        () ->
                                w.dialogs()
                                        .openFolder("Choose a model: a folder with config.json")
                                        .ifPresent(w.model()::choose)));
        all.add(
                Action.withoutKey(
                        "Choose a model: ONNX file",
                        idle,
                        () ->
                                w.dialogs()
                                        .openFile("Choose an ONNX model", FileKind.ONNX)
                                        .ifPresent(w.model()::choose)));
        all.add(
                Action.withoutKey(
                        "Choose the built-in model",
                        idle,
                        () -> w.model().choose(ModelViewModel.BUILTIN)));
        all.add(
                Action.withoutKey(
                        "Choose a data folder",
                        idle,
                        () ->
                                w.dialogs()
                                        .openFolder("Choose data")
                                        .ifPresent(
                                                path ->
                                                        w.setup()
                                                                .chooseData(
                                                                        path.toAbsolutePath()
                                                                                .toString()))));
        all.add(
                Action.withoutKey(
                        "Phone profiles: duplicate, edit, delete", () -> true, w::openProfiles));
        for (MethodPreset preset : MethodCatalogue.all()) {
            all.add(
                    Action.withoutKey(
                            "Method: " + preset.name(),
                            idle,
                            () -> {
                                w.setup().chooseMethod(preset);
                                w.placeProperty().set(Place.TRAIN);
                            }));
        }
        return all;
    }

    private static boolean inRuns(WorkbenchViewModel w) {
        return w.placeProperty().get() == Place.RUNS;
    }

    private static void flip(BooleanProperty property) {
        property.set(!property.get());
    }
}
