package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/**
 * Held-out accuracy at the start, now, on the test split at the end, and the first-order result to
 * hold it against.
 */
public final class AccuracyCard extends GridPane {

    private final TrainViewModel train;
    private Object shown;

    /** A card that follows the run and takes no room before the first measurement. */
    public AccuracyCard(TrainViewModel train) {
        this.train = train;
        getStyleClass().addAll("card", "accuracy-card");
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        getColumnConstraints().setAll(name, new ColumnConstraints());
        train.revisionProperty().addListener(o -> show());
        show();
    }

    private void show() {
        RunFigures figures = train.figures();
        boolean known = !Double.isNaN(figures.accuracy());
        setVisible(known);
        setManaged(known);
        Object now =
                List.of(
                        figures.startAccuracy(),
                        figures.accuracy(),
                        figures.testAccuracy(),
                        Optional.ofNullable(figures.reference()));
        if (now.equals(shown)) {
            // Asked five times a second, new a few times a run.
            return;
        }
        shown = now;
        getChildren().clear();
        if (!known) {
            return;
        }
        Label title = new Label("Held-out accuracy");
        title.getStyleClass().addAll("muted", "small");
        add(title, 0, 0, 2, 1);
        addBar("at the start", figures.startAccuracy(), "accuracy-start");
        addBar("now", figures.accuracy(), "accuracy-now");
        if (figures.reference() != null) {
            addBar(
                    figures.reference().method(),
                    figures.reference().accuracy(),
                    "accuracy-reference");
        }
        if (!Double.isNaN(figures.testAccuracy())) {
            addBar("test split, at the end", figures.testAccuracy(), "accuracy-now");
        }
    }

    private void addBar(String name, double share, String styleClass) {
        int row = getRowCount();
        Label label = new Label(name);
        label.setWrapText(true);
        Label value = new Label(Units.percent(share));
        value.setMinWidth(USE_PREF_SIZE);
        value.getStyleClass().add("figure-value");
        ProgressBar bar = new ProgressBar(Math.clamp(share, 0, 1));
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().addAll("thin-bar", styleClass);
        addRow(row, label, value);
        add(bar, 0, row + 1, 2, 1);
    }
}
