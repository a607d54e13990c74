package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.Event;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** Measured figures of the run's memory, two a row, each over its name. */
public final class FiguresCard extends GridPane {

    private final TrainViewModel train;
    private final Figure resident =
            new Figure("resident set", "Memory of the run's process as this system counts it.");
    private final Figure peak = new Figure("most so far", "The largest resident set of this run.");
    private final Figure heap =
            new Figure("Java heap", "In use inside the worker; part of the resident set.");
    private final Figure share =
            new Figure("of the budget", "Resident set over what the phone grants.");

    /** A card that follows the run. */
    public FiguresCard(TrainViewModel train) {
        this.train = train;
        getStyleClass().addAll("card", "figures");
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        getColumnConstraints().setAll(half, half);
        train.revisionProperty().addListener(o -> show());
        addRow(0, resident, peak);
        addRow(1, share, heap);
        show();
    }

    private void show() {
        RunFigures figures = train.figures();
        Event.Memory memory = figures.memory();
        resident.set(memory == null ? "–" : Units.megabytes(memory.rssBytes()));
        peak.set(figures.peakRssBytes() == 0 ? "–" : Units.megabytes(figures.peakRssBytes()));
        heap.set(
                memory == null || memory.heapBytes() == 0
                        ? "–"
                        : Units.megabytes(memory.heapBytes()));
        boolean limited = memory != null && memory.budgetBytes() > 0;
        share.set(
                limited
                        ? Units.wholePercent((double) memory.rssBytes() / memory.budgetBytes())
                        : "–");
    }

    private static final class Figure extends VBox {
        private final Label value = new Label();

        Figure(String name, String help) {
            value.getStyleClass().add("figure-value");
            Label label = new Label(name);
            label.getStyleClass().addAll("muted", "small");
            Tooltip.install(this, new Tooltip(help));
            getChildren().setAll(value, label);
        }

        void set(String text) {
            value.setText(text);
        }
    }
}
