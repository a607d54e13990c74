package io.pocketllm.app.runs;

import javafx.css.PseudoClass;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;

/**
 * A figure of a run, mean and deviation of several, and before it how far it is from the baseline.
 */
final class FigureCell extends TableCell<RunRow, Double> {

    private static final PseudoClass BETTER = PseudoClass.getPseudoClass("better");
    private static final PseudoClass WORSE = PseudoClass.getPseudoClass("worse");

    private final RunsViewModel runs;
    private final Figure figure;
    private final Label difference = new Label();

    FigureCell(RunsViewModel runs, Figure figure) {
        this.runs = runs;
        this.figure = figure;
        difference.getStyleClass().addAll("small", "difference");
        // Before the number, so that the numbers stay under each other.
        setContentDisplay(ContentDisplay.LEFT);
    }

    @Override
    protected void updateItem(Double number, boolean empty) {
        super.updateItem(number, empty);
        RunRow row = empty || getTableRow() == null ? null : getTableRow().getItem();
        setGraphic(null);
        setTooltip(null);
        setText(row == null ? null : figure.print(row.figure(figure)));
        if (row == null) {
            return;
        }
        double apart = runs.baseline().difference(figure, row);
        if (!Double.isNaN(apart)) {
            difference.setText(figure.printDifference(apart));
            boolean none = difference.getText().equals("±0");
            difference.pseudoClassStateChanged(BETTER, !none && figure.better(apart));
            difference.pseudoClassStateChanged(WORSE, !none && !figure.better(apart));
            setGraphic(difference);
            setTooltip(
                    new Tooltip(
                            difference.getText()
                                    + (figure == Figure.ACCURACY ? " percentage points" : "")
                                    + " against "
                                    + runs.baseline().row().name()));
        }
        if (row.isGroup()) {
            setTooltip(
                    new Tooltip(
                            "mean ± sample standard deviation over "
                                    + row.counted().size()
                                    + " finished runs"));
        }
    }
}
