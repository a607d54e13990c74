package io.pocketllm.app.fits;

import io.pocketllm.app.memory.MemoryWords;
import io.pocketllm.app.memory.PartsBar;
import io.pocketllm.app.memory.PartsTable;
import io.pocketllm.app.text.Units;
import io.pocketllm.plan.TimePlan;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The cell a person looks at, part by part. */
final class FitDetails extends VBox {

    private static final int PARTS_ACROSS = 4;

    private final FitsViewModel fits;
    private final Label verdict = new Label();
    private final Label title = new Label();
    private final Label more = new Label();
    private final PartsBar bar = new PartsBar();
    private final PartsTable parts = new PartsTable(PARTS_ACROSS);

    FitDetails(FitsViewModel fits) {
        this.fits = fits;
        setId("fit-details");
        getStyleClass().addAll("card", "fit-details");
        verdict.setId("fit-verdict");
        verdict.setMinWidth(USE_PREF_SIZE);
        title.setId("fit-title");
        title.getStyleClass().add("card-title");
        more.getStyleClass().add("muted");
        more.setWrapText(true);
        HBox head = new HBox(verdict, title);
        head.getStyleClass().add("plan-words");
        head.setAlignment(Pos.BASELINE_LEFT);
        getChildren().setAll(head, more, bar, parts);
        fits.cellProperty().addListener(o -> show());
        show();
    }

    private void show() {
        FitsViewModel.Cell cell = fits.cellProperty().get();
        bar.setVisible(cell != null);
        parts.setVisible(cell != null);
        verdict.getStyleClass().setAll("label", "plan-verdict");
        verdict.setManaged(cell != null);
        if (cell == null) {
            verdict.setText("");
            title.setText("Point at a cell to see its parts");
            more.setText(
                    "A click, or Enter, sets that run up in Train. Estimates: within about 10 % of"
                            + " what was measured.");
            return;
        }
        FitRow row = cell.row();
        verdict.setText(MemoryWords.verdict(cell.fit().verdict()));
        verdict.getStyleClass().add(MemoryWords.styleClass(cell.fit().verdict()));
        title.setText(row.model() + ", " + row.way() + ", on " + cell.fit().name());
        more.setText(
                "about "
                        + Units.megabytes(row.plan().totalBytes())
                        + "; the phone grants "
                        + Units.megabytes(cell.fit().budgetBytes())
                        + " · largest batch that fits: "
                        + MemoryWords.largestBatch(cell.fit().largestBatchRows())
                        + row.time(cell.fit().device()).map(FitDetails::time).orElse("")
                        + (row.trainable()
                                ? ""
                                : " · by formula, to compare with: this program trains with forward"
                                        + " passes alone"));
        bar.show(row.plan(), cell.fit().budgetBytes());
        parts.show(row.plan());
    }

    private static String time(TimePlan time) {
        return " · "
                + Units.shortTime(time.stepMillis() / 1000)
                + " a step, "
                + time.steps()
                + " steps in "
                + Units.duration(time.total().toMillis() / 1000.0)
                + " with "
                + CellQuantity.battery(time.batteryPercent())
                + " of the battery, "
                + Math.round(time.celsius())
                + " °C then"
                + (time.clockFraction() < 1
                        ? " and " + Units.wholePercent(time.clockFraction()) + " of the clock left"
                        : "");
    }
}
