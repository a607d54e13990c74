package io.pocketllm.app.runs;

import io.pocketllm.app.chart.Palette;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The page of all runs: the table over the chart and the details. */
public final class RunsPage extends VBox {

    private final RunsViewModel runs;
    private final RunExports exports;
    private final Doings doings;
    private final DetailsView details;

    /** What the page asks the window to do. */
    public interface Wishes {
        /** Sets up a run like this one. */
        void again(RunRow row);

        /** Lets the person choose a run folder. */
        void openFolder();

        /** Shows the sweeps in place of the runs. */
        void sweeps();

        /** Puts the path of a run's folder on the clipboard. */
        void copyPath(RunRow row);
    }

    /** The same for the selected run, and what the page does itself. */
    interface Doings {
        void again();

        void rename();

        void open();

        void sweeps();

        void copyPath();
    }

    /**
     * @param exports takes runs out of the window
     * @param replay goes back to a step of a run
     * @param wishes what only the window can do
     */
    public RunsPage(
            RunsViewModel runs,
            RunExports exports,
            ReplayViewModel replay,
            ObservableValue<Palette> palette,
            Wishes wishes) {
        this.runs = runs;
        this.exports = exports;
        this.doings = doings(wishes);
        getStyleClass().addAll("page", "runs-page");
        details = new DetailsView(runs, palette);
        RunsTable table = new RunsTable(runs, exports, doings, palette);
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox top = new VBox(toolbar(), undoRow(), table);
        top.getStyleClass().addAll("card", "runs-card");
        top.setPrefHeight(330);
        top.setMinHeight(200);
        OverlayView overlay = new OverlayView(runs, exports, replay, palette);
        HBox.setHgrow(overlay, Priority.ALWAYS);
        overlay.setMinWidth(568);
        HBox bottom = new HBox(overlay, details);
        bottom.getStyleClass().add("runs-bottom");
        bottom.setPrefHeight(400);
        bottom.setMinHeight(240);
        VBox.setVgrow(top, Priority.ALWAYS);
        VBox.setVgrow(bottom, Priority.ALWAYS);
        getChildren().setAll(top, bottom);
    }

    private Doings doings(Wishes wishes) {
        return new Doings() {
            @Override
            public void again() {
                wishes.again(runs.selected().getFirst());
            }

            @Override
            public void rename() {
                details.rename();
            }

            @Override
            public void open() {
                wishes.openFolder();
            }

            @Override
            public void sweeps() {
                wishes.sweeps();
            }

            @Override
            public void copyPath() {
                wishes.copyPath(runs.selected().getFirst());
            }
        };
    }

    private HBox toolbar() {
        Label count = new Label();
        count.setId("runs-count");
        count.getStyleClass().add("card-title");
        count.setMinWidth(USE_PREF_SIZE);
        count.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> RowCount.of(runs),
                                runs.rows(),
                                runs.shown(),
                                runs.groupedProperty(),
                                runs.archivedShownProperty(),
                                runs.filterProperty()));
        TextField filter = new TextField();
        filter.setId("runs-filter");
        filter.setPromptText("filter: name, tag, model, method, phone…");
        filter.setAccessibleText("Filter");
        filter.setPrefColumnCount(22);
        filter.getStyleClass().add("filter-field");
        filter.textProperty().bindBidirectional(runs.filterProperty());
        ToggleButton group = new ToggleButton("group all but the seed");
        group.setId("runs-group");
        group.getStyleClass().add("chip");
        group.setMinWidth(Region.USE_PREF_SIZE);
        group.selectedProperty().bindBidirectional(runs.groupedProperty());
        group.setTooltip(
                new Tooltip(
                        "Runs that differ in nothing but their seed are one row: mean ± sample"
                                + " standard deviation of the finished ones.  (G)"));
        Label problem = new Label();
        problem.setId("runs-problem");
        problem.getStyleClass().add("field-error");
        problem.textProperty().bind(runs.problemProperty());
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(runs.problemProperty());
        whole.setWrapText(true);
        problem.setTooltip(whole);
        HBox.setHgrow(problem, Priority.ALWAYS);
        problem.setMaxWidth(Double.MAX_VALUE);
        Button delete = button("Delete", "runs-delete", runs::deleteSelected);
        delete.disableProperty().bind(Bindings.isEmpty(runs.selected()));
        Button next = button("New from this", "runs-again", doings::again);
        next.disableProperty().bind(Bindings.size(runs.selected()).isNotEqualTo(1));
        HBox bar =
                new HBox(
                        count,
                        filter,
                        group,
                        problem,
                        button("Sweeps", "runs-sweeps", doings::sweeps),
                        button("Open…", "runs-open", doings::open),
                        delete,
                        exportMenu(),
                        more(),
                        next);
        bar.getStyleClass().add("runs-toolbar");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private MenuButton exportMenu() {
        MenuButton menu = menu("Export", "runs-export");
        menu.getItems()
                .setAll(
                        RunMenu.item("All series as CSV…  (Ctrl+E)", false, exports::saveTable),
                        RunMenu.item("Table as Markdown…", false, exports::saveMarkdown),
                        RunMenu.item("Copy table as Markdown", false, exports::copyMarkdown),
                        new SeparatorMenuItem(),
                        RunMenu.item("Chart as PNG…  (Ctrl+P)", false, exports::savePng),
                        RunMenu.item("Chart as SVG…", false, exports::saveSvg),
                        RunMenu.item("Copy chart", false, exports::copyPicture));
        menu.disableProperty().bind(Bindings.isEmpty(runs.rows()));
        return menu;
    }

    private MenuButton more() {
        MenuButton menu = menu("More", "runs-more");
        menu.getItems().setAll(RunMenu.items(runs, exports, doings));
        menu.setOnShowing(e -> menu.getItems().setAll(RunMenu.items(runs, exports, doings)));
        return menu;
    }

    private static MenuButton menu(String text, String id) {
        MenuButton menu = new MenuButton(text);
        menu.setId(id);
        menu.setMinWidth(Region.USE_PREF_SIZE);
        menu.getStyleClass().add("quiet-button");
        return menu;
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
