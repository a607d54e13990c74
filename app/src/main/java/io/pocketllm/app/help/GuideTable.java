package io.pocketllm.app.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.text.TextAlignment;
import javafx.scene.text.TextFlow;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.Node;

/**
 * A table whose cells wrap. Its lines are its own background between the cells.
 *
 * <p>Not a GridPane: that works heights out for widths that it rounds afterwards.
 */
final class GuideTable extends Region {

    private static final double LINE = 1;

    /** Points by which a text flow may be wrong about what fits on its line. */
    private static final double SPARE = 2;

    /** Letters of a column that is not worth breaking. */
    private static final int SHORT = 15;

    private final List<List<StackPane>> rows = new ArrayList<>();

    /** Letters of each column's longest word, as a share of those of its longest cell. */
    private final double[] longestWord;

    GuideTable(TableBlock table, InlineText inline) {
        getStyleClass().add("guide-table");
        setMaxWidth(USE_PREF_SIZE);
        List<List<TableCell>> texts = new ArrayList<>();
        for (Node part : PlainText.children(table)) {
            for (Node line : PlainText.children(part)) {
                List<TableCell> cells =
                        PlainText.children(line).stream()
                                .filter(TableCell.class::isInstance)
                                .map(TableCell.class::cast)
                                .toList();
                texts.add(cells);
                rows.add(cells.stream().map(c -> cell(c, inline, part)).toList());
            }
        }
        longestWord = longestWords(texts);
        rows.forEach(getChildren()::addAll);
    }

    private static StackPane cell(TableCell cell, InlineText inline, Node part) {
        TextFlow flow = inline.flow(cell);
        if (cell.getAlignment() == TableCell.Alignment.RIGHT) {
            flow.setTextAlignment(TextAlignment.RIGHT);
        } else if (cell.getAlignment() == TableCell.Alignment.CENTER) {
            flow.setTextAlignment(TextAlignment.CENTER);
        }
        StackPane box = new StackPane(flow);
        box.getStyleClass().add("guide-cell");
        if (part instanceof TableHead) {
            box.getStyleClass().add("guide-table-head");
        }
        return box;
    }

    private static double[] longestWords(List<List<TableCell>> texts) {
        int columns = texts.stream().mapToInt(List::size).max().orElse(0);
        double[] cells = new double[columns];
        double[] words = new double[columns];
        for (List<TableCell> line : texts) {
            for (int column = 0; column < line.size(); column++) {
                String text = PlainText.of(line.get(column));
                int longest =
                        Arrays.stream(text.split(" ")).mapToInt(String::length).max().orElse(0);
                cells[column] = Math.max(cells[column], text.length());
                words[column] = Math.max(words[column], longest);
            }
        }
        for (int column = 0; column < columns; column++) {
            boolean whole = cells[column] <= SHORT;
            words[column] = whole ? 1 : words[column] / cells[column];
        }
        return words;
    }

    /** Points that each column would take on one line. */
    private double[] wanted() {
        double[] wanted = new double[longestWord.length];
        for (List<StackPane> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                double width = Math.ceil(row.get(column).prefWidth(-1)) + SPARE + 1;
                wanted[column] = Math.max(wanted[column], width);
            }
        }
        return wanted;
    }

    private double edges() {
        return snappedLeftInset()
                + snappedRightInset()
                + LINE * Math.max(0, longestWord.length - 1);
    }

    /** Whole points of each column in a table of that width. */
    private double[] widths(double width) {
        double room = width - edges();
        double[] wanted = wanted();
        if (Arrays.stream(wanted).sum() <= room) {
            return wanted;
        }
        double[] words = new double[wanted.length];
        for (int column = 0; column < words.length; column++) {
            words[column] = wanted[column] * longestWord[column];
        }
        double[] shares = ColumnWidths.share(wanted, words, room);
        double tooMuch = Math.max(1, Arrays.stream(shares).sum() / Math.max(1, room));
        return Arrays.stream(shares).map(share -> Math.floor(share / tooMuch)).toArray();
    }

    private double[] heights(double[] widths) {
        double[] heights = new double[rows.size()];
        for (int row = 0; row < heights.length; row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                double height = rows.get(row).get(column).prefHeight(widths[column] - SPARE);
                heights[row] = Math.max(heights[row], Math.ceil(height));
            }
        }
        return heights;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return edges() + 20 * longestWord.length;
    }

    @Override
    protected double computePrefWidth(double height) {
        return edges() + Arrays.stream(wanted()).sum();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        double[] widths = widths(width < 0 ? computePrefWidth(-1) : width);
        return snappedTopInset()
                + snappedBottomInset()
                + Arrays.stream(heights(widths)).sum()
                + LINE * Math.max(0, rows.size() - 1);
    }

    @Override
    protected void layoutChildren() {
        double[] widths = widths(getWidth());
        double[] heights = heights(widths);
        // What rounding left over is the last column's.
        double rest = getWidth() - edges() - Arrays.stream(widths).sum();
        double y = snappedTopInset();
        for (int row = 0; row < heights.length; row++) {
            double x = snappedLeftInset();
            for (int column = 0; column < rows.get(row).size(); column++) {
                boolean last = column == widths.length - 1;
                double width = widths[column] + (last ? Math.max(0, rest) : 0);
                rows.get(row).get(column).resizeRelocate(x, y, width, heights[row]);
                x += widths[column] + LINE;
            }
            y += heights[row] + LINE;
        }
    }
}
