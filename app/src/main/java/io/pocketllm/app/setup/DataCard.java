package io.pocketllm.app.setup;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.dialog.Dialogs.FileKind;
import io.pocketllm.run.RunPreview;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;

/** The data: how much of it, its classes, and other data by menu or by dropping it here. */
final class DataCard extends Card {

    /** How the ready-made runs are called in the menu. */
    private static final Map<String, String> SAMPLE_NAMES =
            Map.of(
                    "inbox-nurse",
                    "Inbox of a night nurse",
                    "inbox-mechanic",
                    "Inbox of a mechanic");

    private final SetupViewModel setup;

    /**
     * @param chooseRunFile lets the person choose a run file
     */
    DataCard(SetupViewModel setup, Dialogs dialogs, Runnable chooseRunFile) {
        super("Data");
        this.setup = setup;
        setId("data-card");
        MenuButton menu = Menus.link("Change", "data-menu", setup.lockedProperty());
        for (String id : setup.samples()) {
            menu.getItems()
                    .add(
                            Menus.item(
                                    SAMPLE_NAMES.getOrDefault(id, id),
                                    () -> setup.open("sample:" + id)));
        }
        menu.getItems()
                .addAll(
                        new SeparatorMenuItem(),
                        Menus.item(
                                "Choose folder…",
                                () ->
                                        dialogs.openFolder(
                                                        "Choose data: a folder with train,"
                                                                + " validation and test")
                                                .ifPresent(this::choose)),
                        Menus.item(
                                "Choose file…",
                                () ->
                                        dialogs.openFile("Choose data", FileKind.DATA)
                                                .ifPresent(this::choose)),
                        Menus.item("Open run file…", chooseRunFile));
        menu.setTooltip(new Tooltip("Or drop a folder, a TSV, CSV or JSON lines file here."));
        addToHead(menu);
        error().setId("data-error");
        error().textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        setup.problemKeyProperty().get().startsWith("data")
                                                ? setup.problemProperty().get()
                                                : "",
                                setup.problemProperty(),
                                setup.problemKeyProperty()));
        acceptDrops(() -> !setup.lockedProperty().get(), this::choose);
        error().textProperty().addListener(o -> show());
        setup.previewProperty().addListener(o -> show());
        setup.fileProperty().addListener(o -> show());
        show();
    }

    private void choose(Path path) {
        setup.chooseData(path.toAbsolutePath().normalize().toString());
    }

    private void show() {
        RunPreview preview = setup.previewProperty().get();
        if (!error().getText().isEmpty()) {
            String path = setup.fileProperty().get().spec().data().path();
            show(path == null ? "Files" : path.substring(path.lastIndexOf('/') + 1), "");
            return;
        }
        if (preview == null) {
            show("Looking it up…", "");
            return;
        }
        show(
                SAMPLE_NAMES.getOrDefault(preview.dataName(), preview.dataName()),
                String.format(
                        Locale.ROOT,
                        "%,d train · %,d held-out · %,d test%n%s",
                        preview.trainExamples(),
                        preview.validationExamples(),
                        preview.testExamples(),
                        String.join(" / ", preview.labels())));
    }
}
