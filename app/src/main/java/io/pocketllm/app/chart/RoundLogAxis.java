package io.pocketllm.app.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with round numbers beside it. The library's own labels stand at equal
 * distances, which inside one decade gives 0.79 where a person looks for 0.8.
 */
final class RoundLogAxis extends LogAxis {

    private static final long serialVersionUID = 1;

    private static final int FEWEST_LABELS = 3;

    /** Digits that get a label, from few to many: the first that give enough labels are taken. */
    private static final double[][] DIGITS = {
        {1},
        {1, 3},
        {1, 2, 5},
        {1, 1.5, 2, 3, 4, 5, 6, 8},
        {
            1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.3, 3.6, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8,
            8.5, 9, 9.5
        }
    };

    /** The round numbers of a range, rising; at least two where the range is not a hair wide. */
    static List<Double> roundNumbers(double low, double high) {
        List<Double> numbers = List.of();
        for (double[] digits : DIGITS) {
            List<Double> found = new ArrayList<>();
            int last = (int) Math.ceil(Math.log10(high));
            for (int power = (int) Math.floor(Math.log10(low)); power <= last; power++) {
                for (double digit : digits) {
                    // Parsed, so that it is the very 0.6 and not a neighbour.
                    double number = Double.parseDouble(digit + "e" + power);
                    if (number >= low && number <= high) {
                        found.add(number);
                    }
                }
            }
            numbers = found;
            if (found.size() >= FEWEST_LABELS) {
                break;
            }
        }
        return numbers;
    }

    @Override
    protected List<NumberTick> refreshTicksHorizontal(
            Graphics2D g, Rectangle2D area, RectangleEdge edge) {
        return ticks(TextAnchor.TOP_CENTER);
    }

    @Override
    protected List<NumberTick> refreshTicksVertical(
            Graphics2D g, Rectangle2D area, RectangleEdge edge) {
        return ticks(
                edge == RectangleEdge.RIGHT ? TextAnchor.CENTER_LEFT : TextAnchor.CENTER_RIGHT);
    }

    private List<NumberTick> ticks(TextAnchor anchor) {
        return roundNumbers(getRange().getLowerBound(), getRange().getUpperBound()).stream()
                .map(
                        number ->
                                new NumberTick(
                                        number,
                                        getNumberFormatOverride().format(number),
                                        anchor,
                                        TextAnchor.CENTER,
                                        0))
                .toList();
    }
}
