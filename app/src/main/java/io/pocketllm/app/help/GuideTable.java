package io.pocketllm.app.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.text.TextAlignment;
import javafx.scene.text.TextFlow;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.Node;

/** A table whose cells wrap. */
final class GuideTable extends GridPane {

    /** About how many letters a line of the column holds. */
    private static final double LETTERS = 120;

    /** Letters of a column that is not worth breaking. */
    private static final int SHORT = 18;

    /** Letters of a cell's edges. */
    private static final int EDGES = 3;

    private record Line(boolean head, List<TableCell> cells) {}

    GuideTable(TableBlock table, InlineText inline) {
        getStyleClass().add("guide-table");
        List<Line> lines = lines(table);
        int columns = lines.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
        setWidths(lines, columns);
        for (int row = 0; row < lines.size(); row++) {
            for (int column = 0; column < columns; column++) {
                List<TableCell> cells = lines.get(row).cells();
                TextFlow words = column < cells.size() ? cell(cells.get(column), inline) : null;
                StackPane box = words == null ? new StackPane() : new StackPane(words);
                box.getStyleClass().add("guide-cell");
                if (lines.get(row).head()) {
                    box.getStyleClass().add("guide-table-head");
                }
                add(box, column, row);
            }
        }
    }

    private static List<Line> lines(TableBlock table) {
        List<Line> lines = new ArrayList<>();
        for (Node part : PlainText.children(table)) {
            for (Node row : PlainText.children(part)) {
                lines.add(
                        new Line(
                                part instanceof TableHead,
                                PlainText.children(row).stream()
                                        .filter(TableCell.class::isInstance)
                                        .map(TableCell.class::cast)
                                        .toList()));
            }
        }
        return lines;
    }

    private void setWidths(List<Line> lines, int columns) {
        double[] wanted = new double[columns];
        double[] words = new double[columns];
        for (Line line : lines) {
            for (int column = 0; column < line.cells().size(); column++) {
                String text = PlainText.of(line.cells().get(column));
                wanted[column] = Math.max(wanted[column], text.length() + EDGES);
                int longest =
                        Arrays.stream(text.split(" ")).mapToInt(String::length).max().orElse(0);
                words[column] = Math.max(words[column], longest + EDGES);
            }
        }
        for (int column = 0; column < columns; column++) {
            if (wanted[column] <= SHORT) {
                words[column] = wanted[column];
            }
        }
        boolean narrow = Arrays.stream(wanted).sum() <= LETTERS;
        if (narrow) {
            setMaxWidth(USE_PREF_SIZE);
        }
        double[] shares = ColumnWidths.share(wanted, words, LETTERS);
        double sum = Arrays.stream(shares).sum();
        for (int column = 0; column < columns; column++) {
            ColumnConstraints constraints = new ColumnConstraints();
            constraints.setFillWidth(true);
            constraints.setHalignment(HPos.LEFT);
            if (narrow) {
                constraints.setHgrow(Priority.NEVER);
            } else {
                constraints.setPercentWidth(100 * shares[column] / sum);
            }
            getColumnConstraints().add(constraints);
        }
    }

    private static TextFlow cell(TableCell cell, InlineText inline) {
        TextFlow flow = inline.flow(cell);
        if (cell.getAlignment() == TableCell.Alignment.RIGHT) {
            flow.setTextAlignment(TextAlignment.RIGHT);
        } else if (cell.getAlignment() == TableCell.Alignment.CENTER) {
            flow.setTextAlignment(TextAlignment.CENTER);
        }
        GridPane.setValignment(flow, VPos.TOP);
        return flow;
    }
}
