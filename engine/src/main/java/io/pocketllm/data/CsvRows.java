package io.pocketllm.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.pocketllm.data.BadLineException.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Comma-separated records under a header. A record's end is found here, so that a quote that is
 * never closed costs one line and not the rest of the file; what is inside is the library's work.
 */
final class CsvRows implements RowReader {

    private record Line(long number, String text) {}

    private final String source;
    private final LineReader lines;
    private final boolean named;
    private final CsvReader.CsvReaderBuilder parser =
            CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .allowExtraCharsAfterClosingQuote(false)
                    .detectBomHeader(false);

    /** Read while looking for a closing quote that did not come; to be read again. */
    private final Deque<Line> again = new ArrayDeque<>();

    /** A record whose further line was refused by itself; to be told of next. */
    private BadLineException cutOff;

    private List<String> header;

    CsvRows(String source, LineReader lines, boolean named) {
        this.source = source;
        this.lines = lines;
        this.named = named;
    }

    @Override
    public Row next() throws IOException, BadLineException, DataException {
        if (cutOff != null) {
            BadLineException told = cutOff;
            cutOff = null;
            throw told;
        }
        for (Line line = line(); line != null; line = line()) {
            if (line.text.isBlank()) {
                continue;
            }
            List<String> values = parse(line.number, record(line));
            if (header == null) {
                header =
                        named
                                ? values.stream().map(String::strip).toList()
                                : TableRow.numbered(values.size());
                if (named) {
                    TsvRows.requireHeader(source, line.number, header);
                    continue;
                }
            }
            return TableRow.of(line.number, header, values);
        }
        return null;
    }

    private Line line() throws IOException, BadLineException {
        if (!again.isEmpty()) {
            return again.poll();
        }
        String text = lines.next();
        return text == null ? null : new Line(lines.number(), text);
    }

    /** The text of a record: this line, and those after it while a quote is open. */
    private String record(Line first) throws IOException, BadLineException {
        StringBuilder record = new StringBuilder(first.text);
        Deque<Line> more = new ArrayDeque<>();
        boolean open = opens(first.text, false);
        while (open) {
            Line next;
            try {
                next = record.length() > DataFormat.CSV.maxLineBytes() ? null : line();
            } catch (BadLineException e) {
                readAgain(more);
                cutOff =
                        new BadLineException(
                                first.number,
                                Reason.MALFORMED,
                                "is cut off inside quotes by line " + e.line(),
                                e.hint());
                throw e;
            }
            if (next == null) {
                readAgain(more);
                throw new BadLineException(
                        first.number,
                        Reason.MALFORMED,
                        "opens a quote that is not closed",
                        "Close it with \", and write a quote inside a field as \"\".");
            }
            more.add(next);
            record.append('\n').append(next.text);
            open = opens(next.text, true);
        }
        return record.toString();
    }

    private void readAgain(Deque<Line> more) {
        more.addAll(again);
        again.clear();
        again.addAll(more);
    }

    /** Whether a quoted field is still open at a line's end. */
    private static boolean opens(String line, boolean open) {
        boolean quoted = open;
        boolean atStart = !open;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"' && atStart) {
                quoted = true;
            }
            atStart = !quoted && c == ',';
        }
        return quoted;
    }

    private List<String> parse(long line, String record) throws BadLineException {
        try {
            return parser.ofSingleCsvRecord(record).getFields();
        } catch (CsvParseException e) {
            throw new BadLineException(
                    line,
                    Reason.MALFORMED,
                    "is not valid CSV",
                    "A field with quotes has to begin and end with one; a quote inside is written \"\".");
        }
    }
}
