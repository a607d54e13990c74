package io.pocketllm.app.runs;

import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.text.Units;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The page of all runs: the table over the chart and the details. */
public final class RunsPage extends VBox {

    private final RunsViewModel runs;

    /**
     * @param export saves the series of the selected runs
     * @param again sets up a run like this one
     */
    public RunsPage(
            RunsViewModel runs,
            ObservableValue<Palette> palette,
            Runnable export,
            Consumer<RunRow> again) {
        this.runs = runs;
        getStyleClass().addAll("page", "runs-page");
        RunsTable table = new RunsTable(runs, palette);
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox top = new VBox(toolbar(export, again), undoRow(), table);
        top.getStyleClass().addAll("card", "runs-card");
        top.setPrefHeight(330);
        top.setMinHeight(200);
        OverlayView overlay = new OverlayView(runs, palette);
        HBox.setHgrow(overlay, Priority.ALWAYS);
        overlay.setMinWidth(568);
        DetailsView details = new DetailsView(runs, palette);
        HBox bottom = new HBox(overlay, details);
        bottom.getStyleClass().add("runs-bottom");
        bottom.setPrefHeight(400);
        bottom.setMinHeight(240);
        VBox.setVgrow(top, Priority.ALWAYS);
        VBox.setVgrow(bottom, Priority.ALWAYS);
        getChildren().setAll(top, bottom);
    }

    private HBox toolbar(Runnable export, Consumer<RunRow> again) {
        Label count = new Label();
        count.setId("runs-count");
        count.getStyleClass().add("card-title");
        count.setMinWidth(USE_PREF_SIZE);
        count.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        runs.filterProperty().get().isBlank()
                                                ? Units.plural(runs.rows().size(), "run")
                                                : runs.shown().size()
                                                        + " of "
                                                        + Units.plural(runs.rows().size(), "run"),
                                runs.rows(),
                                runs.shown(),
                                runs.filterProperty()));
        TextField filter = new TextField();
        filter.setId("runs-filter");
        filter.setPromptText("filter: name, tag, model, method, phone, state…");
        filter.setAccessibleText("Filter");
        filter.setPrefColumnCount(26);
        filter.getStyleClass().add("filter-field");
        filter.textProperty().bindBidirectional(runs.filterProperty());
        Label problem = new Label();
        problem.setId("runs-problem");
        problem.getStyleClass().add("field-error");
        problem.textProperty().bind(runs.problemProperty());
        HBox.setHgrow(problem, Priority.ALWAYS);
        problem.setMaxWidth(Double.MAX_VALUE);
        Button delete = button("Delete", "runs-delete", runs::deleteSelected);
        delete.disableProperty().bind(Bindings.isEmpty(runs.selected()));
        Button table = button("Export CSV", "runs-export", export);
        table.disableProperty().bind(Bindings.isEmpty(runs.rows()));
        Button next =
                button(
                        "New from this",
                        "runs-again",
                        () -> again.accept(runs.selected().getFirst()));
        next.disableProperty().bind(Bindings.size(runs.selected()).isNotEqualTo(1));
        HBox bar =
                new HBox(
                        count,
                        filter,
                        problem,
                        button("Refresh", "runs-refresh", runs::refresh),
                        delete,
                        table,
                        next);
        bar.getStyleClass().add("runs-toolbar");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private static Button button(String text, String id, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.getStyleClass().add("quiet-button");
        button.setOnAction(e -> action.run());
        return button;
    }

    private HBox undoRow() {
        Label text = new Label();
        text.textProperty().bind(runs.undoTextProperty());
        Hyperlink undo = new Hyperlink("Undo");
        undo.setId("runs-undo");
        undo.setOnAction(e -> runs.undoDelete());
        HBox row = new HBox(text, undo);
        row.setId("undo-row");
        row.getStyleClass().add("undo-row");
        row.setAlignment(Pos.CENTER_LEFT);
        row.visibleProperty().bind(runs.undoTextProperty().isNotEmpty());
        row.managedProperty().bind(row.visibleProperty());
        return row;
    }
}
