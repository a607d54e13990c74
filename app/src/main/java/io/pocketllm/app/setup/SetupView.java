package io.pocketllm.app.setup;

import io.pocketllm.app.dialog.Dialogs;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** The left column: what runs, on what data, on which phone, by which method. */
public final class SetupView extends VBox {

    private final SetupViewModel setup;
    private final ModelViewModel model;

    /**
     * @param dialogs choosers for models and data
     * @param chooseFile lets the person choose a run file
     * @param profiles opens the pane of phone profiles
     * @param calibration what the phone's clock goes by
     */
    public SetupView(
            SetupViewModel setup,
            ModelViewModel model,
            Dialogs dialogs,
            Runnable chooseFile,
            Runnable profiles,
            ObservableValue<String> calibration) {
        this.setup = setup;
        this.model = model;
        getStyleClass().add("setup");
        Label problem = new Label();
        problem.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::problem,
                                setup.problemProperty(),
                                setup.problemKeyProperty(),
                                model.problemProperty()));
        problem.setWrapText(true);
        problem.getStyleClass().addAll("card", "field-error", "setup-problem");
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setId("setup-problem");
        getChildren()
                .setAll(
                        problem,
                        new ModelCard(setup, model, dialogs),
                        new DataCard(setup, dialogs, chooseFile),
                        new PhoneCard(setup, profiles, calibration),
                        new MethodCard(setup));
    }

    /** What no card says by itself. */
    private String problem() {
        String key = setup.problemKeyProperty().get();
        boolean told =
                key.startsWith("data")
                        || (key.equals("model.path") && !model.problemProperty().get().isEmpty());
        return told ? "" : setup.problemProperty().get();
    }
}
