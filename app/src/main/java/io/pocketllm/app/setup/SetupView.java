package io.pocketllm.app.setup;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.RunPreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.VBox;

/** The left column: what runs, on what data, on which phone, by which method. */
public final class SetupView extends VBox {

    /** How the ready-made runs are called in the menu. */
    private static final Map<String, String> SAMPLE_NAMES =
            Map.of(
                    "inbox-nurse",
                    "Inbox of a night nurse",
                    "inbox-mechanic",
                    "Inbox of a mechanic");

    private final SetupViewModel setup;
    private final Card model = new Card("Model");
    private final Card data = new Card("Data");
    private final Card phone = new Card("Phone");
    private final Card method = new Card("Method");

    /**
     * @param chooseFile lets the person choose a run file
     */
    public SetupView(SetupViewModel setup, Runnable chooseFile) {
        this.setup = setup;
        getStyleClass().add("setup");
        Label problem = new Label();
        problem.textProperty().bind(setup.problemProperty());
        problem.setWrapText(true);
        problem.getStyleClass().addAll("card", "field-error", "setup-problem");
        problem.visibleProperty().bind(setup.problemProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setId("setup-problem");

        data.addToHead(sampleMenu(chooseFile));
        phone.addToHead(phoneMenu());
        FieldView budget = new FieldView(setup.budgetField(), setup.lockedProperty());
        budget.input().setId("field-budget");
        budget.input()
                .promptTextProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::ownBudget, setup.previewProperty(), setup.fileProperty()));
        phone.add(budget, FieldView.errorsOf(List.of(setup.budgetField())));
        FieldGrid grid = new FieldGrid(setup);
        method.add(grid);
        getChildren().setAll(problem, model, data, phone, method);
        setup.previewProperty().addListener(o -> show());
        setup.fileProperty().addListener(o -> show());
        show();
    }

    private MenuButton sampleMenu(Runnable chooseFile) {
        MenuButton menu = menu("Change", "data-menu");
        for (String id : setup.samples()) {
            MenuItem item = new MenuItem(SAMPLE_NAMES.getOrDefault(id, id));
            item.setOnAction(e -> setup.open("sample:" + id));
            menu.getItems().add(item);
        }
        MenuItem open = new MenuItem("Open run file…");
        open.setOnAction(e -> chooseFile.run());
        menu.getItems().addAll(new SeparatorMenuItem(), open);
        return menu;
    }

    private MenuButton phoneMenu() {
        MenuButton menu = menu("Change", "phone-menu");
        for (DeviceProfile profile : setup.phones()) {
            MenuItem item =
                    new MenuItem(
                            profile.name()
                                    + ", "
                                    + Units.nominalGigabytes(profile.ramBytes())
                                    + ": "
                                    + Units.megabytes(profile.budgetBytes())
                                    + " for a run");
            item.setOnAction(e -> setup.choosePhone(profile.id()));
            menu.getItems().add(item);
        }
        MenuItem none = new MenuItem("No phone: no memory limit");
        none.setOnAction(e -> setup.choosePhone(null));
        menu.getItems().addAll(new SeparatorMenuItem(), none);
        return menu;
    }

    private MenuButton menu(String text, String id) {
        MenuButton menu = new MenuButton(text);
        menu.setId(id);
        menu.getStyleClass().add("link-button");
        menu.disableProperty().bind(setup.lockedProperty());
        return menu;
    }

    private String ownBudget() {
        return setup.phone()
                .map(p -> Units.megabytes(p.budgetBytes()) + " (the phone's)")
                .orElse("no limit");
    }

    private void show() {
        RunPreview preview = setup.previewProperty().get();
        if (setup.fileProperty().get() != null) {
            method.title(setup.fileProperty().get().spec().method().describe());
        }
        if (preview == null) {
            model.show("Looking it up…", "");
            data.show("Looking it up…", "");
            phone.show("Looking it up…", "");
            return;
        }
        model.show(preview.modelName(), preview.modelDescription());
        data.show(
                SAMPLE_NAMES.getOrDefault(preview.dataName(), preview.dataName()),
                String.format(
                        java.util.Locale.ROOT,
                        "%,d train · %,d held-out · %,d test%n%s",
                        preview.trainExamples(),
                        preview.validationExamples(),
                        preview.testExamples(),
                        String.join(" / ", preview.labels())));
        showPhone(preview);
    }

    private void showPhone(RunPreview preview) {
        DeviceProfile device = preview.device();
        if (device == null) {
            phone.show("None", "No memory limit · " + Units.plural(preview.threads(), "thread"));
            return;
        }
        List<String> cores = new ArrayList<>();
        int left = preview.threads();
        for (DeviceProfile.CoreCluster cluster : device.clusters()) {
            int used = Math.min(left, cluster.count());
            left -= used;
            if (used > 0) {
                cores.add(
                        used
                                + " × "
                                + cluster.kind().replace("Cortex-", "")
                                + ", "
                                + Units.gigahertz(cluster.clockHertz()));
            }
        }
        phone.show(
                device.name(),
                Units.nominalGigabytes(device.ramBytes())
                        + " · budget "
                        + Units.megabytes(preview.budgetBytes())
                        + "\n"
                        + Units.plural(preview.threads(), "thread")
                        + " on "
                        + String.join(" + ", cores));
    }
}
