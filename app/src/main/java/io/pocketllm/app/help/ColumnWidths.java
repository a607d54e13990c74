package io.pocketllm.app.help;

import java.util.Arrays;

/** How a table's width is shared out among its columns, in points. */
final class ColumnWidths {

    private ColumnWidths() {}

    /**
     * By the root of what each wants, so that a column of four times the letters gets twice the
     * width and makes the rest up by its height. None gets more than it wants, nor less than its
     * longest word.
     *
     * @param wanted points of each column's longest cell
     * @param words points of each column's longest word
     * @param room points there are in all
     * @return points of each column; their sum is about the room, or more where the words need it
     */
    static double[] share(double[] wanted, double[] words, double room) {
        double low = 0;
        double high = room + Math.sqrt(Arrays.stream(wanted).max().orElse(0));
        for (int i = 0; i < 40; i++) {
            double level = (low + high) / 2;
            if (Arrays.stream(cut(wanted, words, level)).sum() > room) {
                high = level;
            } else {
                low = level;
            }
        }
        return cut(wanted, words, low);
    }

    private static double[] cut(double[] wanted, double[] words, double level) {
        double[] widths = new double[wanted.length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(words[i], Math.min(wanted[i], level * Math.sqrt(wanted[i])));
        }
        return widths;
    }
}
