package io.pocketllm.data;

import java.io.IOException;
import java.util.List;

/**
 * Tab-separated lines under a header; quotes are ordinary characters, as in the files of GLUE.
 * Blank lines are passed over. Under the header {@code text<TAB>label} a text may hold tabs itself:
 * the last one ends it.
 */
final class TsvRows implements RowReader {

    private static final List<String> TEXT_AND_LABEL = List.of("text", "label");

    private final String source;
    private final LineReader lines;
    private final boolean named;
    private List<String> header;

    TsvRows(String source, LineReader lines, boolean named) {
        this.source = source;
        this.lines = lines;
        this.named = named;
    }

    @Override
    public Row next() throws IOException, BadLineException, DataException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                continue;
            }
            if (header == null) {
                List<String> cells = cells(line.strip());
                header = named ? cells : TableRow.numbered(cells(line).size());
                if (named) {
                    requireHeader(source, lines.number(), header);
                    continue;
                }
            }
            return header.equals(TEXT_AND_LABEL)
                    ? textAndLabel(line.stripTrailing())
                    : TableRow.of(lines.number(), header, cells(line));
        }
        return null;
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }

    /** Refuses a first line that names a column twice or not at all. */
    static void requireHeader(String source, long line, List<String> header) throws DataException {
        for (String column : header) {
            if (column.isBlank() || header.indexOf(column) != header.lastIndexOf(column)) {
                throw new DataException(
                        source
                                + ": line "
                                + line
                                + " is no header: "
                                + (column.isBlank()
                                        ? "a column has no name"
                                        : "two columns are called \"" + column + "\""),
                        "The first line names the columns, each once; set data.header to false"
                                + " where there is none.");
            }
        }
    }

    private Row textAndLabel(String line) throws BadLineException {
        int tab = line.lastIndexOf('\t');
        if (tab < 0) {
            throw new BadLineException(
                    lines.number(),
                    BadLineException.Reason.MALFORMED,
                    "has no tab",
                    "Each line is a text, a tab, and its label.");
        }
        String text = line.substring(0, tab).replace('\t', ' ').strip();
        if (text.isEmpty()) {
            throw new BadLineException(
                    lines.number(),
                    BadLineException.Reason.EMPTY_TEXT,
                    "has no text before the tab",
                    "Write a text there or take the line out.");
        }
        return new TableRow(lines.number(), TEXT_AND_LABEL, List.of(text, line.substring(tab + 1)));
    }
}
