package io.pocketllm.data;

import java.io.IOException;
import java.io.InputStream;

/** Reads the records of one file, one at a time. */
interface RowReader {

    /**
     * The next record, or null at the end.
     *
     * @throws BadLineException where it cannot be used; the next call goes on behind it
     * @throws DataException where the whole file cannot be used
     */
    Row next() throws IOException, BadLineException, DataException;

    /**
     * A reader for a format.
     *
     * @param source the file's name in messages
     * @param header whether the first line names the columns; else they are called 1, 2, 3
     */
    static RowReader of(DataFormat format, String source, InputStream in, boolean header) {
        LineReader lines = new LineReader(in, format.maxLineBytes());
        return switch (format) {
            case TSV -> new TsvRows(source, lines, header);
            case CSV -> new CsvRows(source, lines, header);
            case JSON_LINES -> new JsonRows(lines);
        };
    }
}
