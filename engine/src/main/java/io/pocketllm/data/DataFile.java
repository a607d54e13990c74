package io.pocketllm.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file to read, on disk or in the program.
 *
 * @param source its name in messages
 * @param format how it is written
 */
record DataFile(String source, DataFormat format, Opening opening) {

    /** Opens it. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /**
     * A file on disk.
     *
     * @param format null to go by its name
     * @throws DataException where it is not there, or its name says no format
     */
    static DataFile at(Path path, DataFormat format) throws DataException {
        if (!Files.isRegularFile(path)) {
            throw new DataException(
                    path
                            + (Files.isDirectory(path)
                                    ? ": is a folder, not a file"
                                    : ": there is no such file"),
                    "Check data.path and data.files in the run file.");
        }
        DataFormat known = format != null ? format : DataFormat.of(path.toString());
        return new DataFile(path.toString(), known, () -> Files.newInputStream(path));
    }

    /** Told of each example as it is read. */
    @FunctionalInterface
    interface Sink {
        void add(Example example);
    }

    /**
     * Streams the examples by.
     *
     * @return what was skipped
     */
    BadLines stream(RowShape shape, boolean skipBadLines, Sink sink) throws DataException {
        BadLines bad = new BadLines(source, skipBadLines);
        RowMapper mapper = new RowMapper(source, shape);
        long examples = 0;
        try (InputStream stream = opening.open()) {
            RowReader rows = RowReader.of(format, source, stream, shape.header());
            while (true) {
                try {
                    Row row = rows.next();
                    if (row == null) {
                        break;
                    }
                    sink.add(mapper.example(row));
                    examples++;
                } catch (BadLineException e) {
                    bad.add(e);
                }
            }
        } catch (IOException e) {
            throw new DataException(
                    source + ": cannot be read (" + e.getMessage() + ")",
                    "Check the file and the disk.");
        }
        bad.requireSome(examples, format);
        return bad;
    }
}
