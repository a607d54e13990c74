package io.pocketllm.app.runs;

import java.util.ArrayList;
import java.util.List;

/** Runs as a table in Markdown: the settings that differ, and how they went. */
final class MarkdownTable {

    private MarkdownTable() {}

    /**
     * @param rows the runs; those without a readable run file have no settings
     */
    static String of(List<RunRow> rows, Baseline baseline) {
        List<RunRow> readable = rows.stream().filter(row -> row.run().file() != null).toList();
        List<Difference> differences =
                Difference.between(readable.stream().map(RunSettings::of).toList());
        List<String> head = new ArrayList<>(List.of("run"));
        differences.forEach(difference -> head.add(difference.key()));
        for (Figure figure : Figure.values()) {
            head.add(figure.text());
        }
        head.add("state");
        StringBuilder text = new StringBuilder(line(head));
        text.append("|---".repeat(1 + differences.size()));
        text.append("|--:".repeat(Figure.values().length)).append("|---|\n");
        for (RunRow row : rows) {
            int index = readable.indexOf(row);
            List<String> cells = new ArrayList<>();
            cells.add(row.name() + (baseline.is(row) ? " (baseline)" : ""));
            for (Difference difference : differences) {
                cells.add(index < 0 ? Difference.LEFT_OUT : difference.shown().get(index));
            }
            for (Figure figure : Figure.values()) {
                String difference = figure.printDifference(baseline.difference(figure, row));
                cells.add(
                        figure.print(row.figure(figure))
                                + (difference.isEmpty() ? "" : " (" + difference + ")"));
            }
            cells.add(row.state());
            text.append(line(cells));
        }
        return text.toString();
    }

    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (String cell : cells) {
            line.append("| ")
                    .append(cell.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\R", " "))
                    .append(' ');
        }
        return line.append("|\n").toString();
    }
}
