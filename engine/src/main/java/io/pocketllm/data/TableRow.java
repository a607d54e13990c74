package io.pocketllm.data;

import java.util.List;

/**
 * A record of a file with columns.
 *
 * @param header the columns' names
 * @param values as many
 */
record TableRow(long line, List<String> header, List<String> values) implements Row {

    /** Names for the columns of a file that has no header: 1, 2, 3. */
    static List<String> numbered(int columns) {
        return java.util.stream.IntStream.rangeClosed(1, columns)
                .mapToObj(String::valueOf)
                .toList();
    }

    /**
     * A record.
     *
     * @throws BadLineException where it has more or fewer values than there are columns
     */
    static TableRow of(long line, List<String> header, List<String> values)
            throws BadLineException {
        if (values.size() != header.size()) {
            throw new BadLineException(
                    line,
                    BadLineException.Reason.MALFORMED,
                    "has "
                            + values.size()
                            + (values.size() == 1 ? " column" : " columns")
                            + " where the first line has "
                            + header.size(),
                    "Check the line's separators and quotes.");
        }
        return new TableRow(line, header, values);
    }

    @Override
    public boolean has(String column) {
        return header.contains(column);
    }

    @Override
    public String text(String column) {
        return values.get(header.indexOf(column));
    }

    @Override
    public String label(String column) {
        return text(column);
    }

    @Override
    public String columns() {
        return String.join(", ", header);
    }
}
