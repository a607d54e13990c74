package io.pocketllm.app.sweep;

import io.pocketllm.run.sweep.Goal;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Types a sweep over the run that is set up, says whether it can be, and starts it. */
final class NewSweepCard extends VBox {

    NewSweepCard(SweepsViewModel sweeps, SweepPage.Wishes wishes) {
        NewSweepViewModel draft = sweeps.draft();
        getStyleClass().addAll("card", "notes", "new-sweep");
        Label title = new Label("New sweep over what is set up in Train");
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        title.setMinHeight(USE_PREF_SIZE);
        TextArea lines = new TextArea();
        lines.setId("sweep-lines");
        lines.setAccessibleText("Keys and values");
        lines.setPromptText(
                """
                key of a run file = value, value, …
                key ~ log 1e-4 .. 1e-2
                random 20""");
        lines.setTooltip(
                new Tooltip(
                        """
                        method.learningRate = 0.1, 0.3     each value with every other
                        method.learningRate ~ log 1e-4 .. 1e-2     drawn, equal ratios alike
                        training.batchSize ~ log whole 4 .. 32     whole numbers
                        training.batchSize ~ 4, 8, 16     drawn from these
                        random 20     how many combinations are drawn"""));
        lines.setPrefRowCount(4);
        lines.textProperty().bindBidirectional(draft.linesProperty());
        lines.disableProperty().bind(sweeps.runningProperty());
        VBox.setVgrow(lines, Priority.ALWAYS);
        Label verdict = new Label();
        verdict.setId("sweep-verdict");
        verdict.textProperty().bind(draft.verdictProperty());
        show(verdict);
        Label problem = new Label();
        problem.setId("sweep-problem");
        problem.getStyleClass().add("field-error");
        problem.textProperty().bind(draft.problemProperty());
        show(problem);
        Button start = new Button("Start sweep");
        start.setId("sweep-start");
        start.getStyleClass().add("quiet-button");
        start.setMinWidth(USE_PREF_SIZE);
        start.disableProperty().bind(draft.fileProperty().isNull().or(sweeps.runningProperty()));
        start.setOnAction(e -> sweeps.start());
        Label best = new Label("best by");
        best.getStyleClass().add("muted");
        best.setMinWidth(USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox row = new HBox(best, goal(draft), space, file(draft, wishes), start);
        row.getStyleClass().add("sweep-row");
        row.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(title, lines, verdict, problem, row);
    }

    /** What can be done with the file that the lines mean. */
    private static MenuButton file(NewSweepViewModel draft, SweepPage.Wishes wishes) {
        MenuItem copy = new MenuItem("Copy as JSON");
        copy.setId("sweep-copy");
        copy.setOnAction(e -> wishes.copy(draft.fileProperty().get()));
        MenuItem save = new MenuItem("Save sweep file…");
        save.setId("sweep-save");
        save.setOnAction(e -> wishes.save(draft.fileProperty().get()));
        MenuButton menu = new MenuButton("File", null, copy, save);
        menu.setId("sweep-file");
        menu.getStyleClass().add("quiet-button");
        menu.setMinWidth(USE_PREF_SIZE);
        menu.disableProperty().bind(draft.fileProperty().isNull());
        return menu;
    }

    private static ComboBox<Goal> goal(NewSweepViewModel draft) {
        ComboBox<Goal> goal = new ComboBox<>();
        goal.setId("sweep-goal");
        goal.getStyleClass().add("quiet-button");
        goal.getItems().setAll(Goal.values());
        goal.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(Goal value) {
                        return value == null ? "" : value.key();
                    }

                    @Override
                    public Goal fromString(String text) {
                        throw new UnsupportedOperationException("the box is not typed in");
                    }
                });
        goal.valueProperty().bindBidirectional(draft.goalProperty());
        return goal;
    }

    private static void show(Label label) {
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }
}
