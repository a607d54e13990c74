package io.pocketllm.data;

import io.pocketllm.data.BadLineException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A few texts to measure a model on, from files that no run file describes. Columns have their
 * usual names ({@link RowShape#USUAL_COLUMNS}); either every record has a label or none has.
 *
 * @param examples a fair sample in the files' order; their label is -1 where there are none
 * @param labels the labels in the order they came first; empty where there are none
 */
public record CalibrationTexts(List<Example> examples, List<String> labels) {

    /** A larger number of labels is no classification but numbers or names. */
    private static final int MAX_LABELS = 100;

    private static final String BUILTIN = "builtin:";
    private static final String HINT =
            "Write one JSON object a line: {\"text\": \"...\", \"label\": \"...\"}, or all"
                    + " without a label.";

    /**
     * Reads files.
     *
     * @param sources names of files, or {@code builtin:inbox-nurse} for the training part of a data
     *     set that comes with the program
     * @param limit most examples that are kept
     * @throws DataException naming file and line where something cannot be used
     */
    public static CalibrationTexts read(List<String> sources, int limit) throws DataException {
        Reader reader = new Reader(new Reservoir(limit, 0));
        for (String source : sources) {
            reader.read(source);
        }
        if (reader.labels.size() == 1) {
            throw new DataException(
                    String.join(", ", sources)
                            + ": all records have the label \""
                            + shown(reader.labels.getFirst())
                            + "\", and a loss needs two",
                    "Add examples of another label, or take the labels out.");
        }
        return new CalibrationTexts(
                Reservoir.inOrder(List.of(reader.kept)), List.copyOf(reader.labels));
    }

    /** The same without labels. */
    public CalibrationTexts withoutLabels() {
        return new CalibrationTexts(
                examples.stream().map(e -> new Example(e.texts(), -1, null)).toList(), List.of());
    }

    private static final class Reader {

        private final RowShape shape = RowShape.texts(List.of());
        private final List<String> labels = new ArrayList<>();
        private final Reservoir kept;
        private Boolean labelled;
        private long records;

        Reader(Reservoir kept) {
            this.kept = kept;
        }

        void read(String source) throws DataException {
            DataFile file = file(source);
            BadLines bad = new BadLines(file.source(), false);
            RowMapper mapper = new RowMapper(file.source(), shape);
            long before = records;
            try (InputStream stream = file.opening().open()) {
                RowReader rows = RowReader.of(file.format(), file.source(), stream, true);
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    kept.add(records++, new Example(mapper.texts(row), label(row), null));
                }
            } catch (BadLineException e) {
                bad.add(e);
            } catch (IOException e) {
                throw new DataException(
                        file.source() + ": cannot be read (" + e.getMessage() + ")",
                        "Check the file and the disk.");
            }
            bad.requireSome(records - before, file.format());
        }

        private static DataFile file(String source) throws DataException {
            if (source.startsWith(BUILTIN)) {
                return DatasetReader.builtin(source.substring(BUILTIN.length()), Part.TRAIN);
            }
            try {
                Path path = Path.of(source);
                if (!Files.isRegularFile(path)) {
                    throw new DataException(
                            source + ": there is no such file",
                            "Name a .jsonl, .csv or .tsv file.");
                }
                return DataFile.at(path, null);
            } catch (InvalidPathException e) {
                throw new DataException(
                        "\"" + shown(source) + "\" is no path (" + e.getReason() + ")",
                        "Name a .jsonl, .csv or .tsv file.");
            }
        }

        private int label(Row row) throws BadLineException {
            boolean has = row.has("label");
            if (labelled != null && labelled != has) {
                throw bad(
                        row,
                        has
                                ? "has a label, and records before it have none"
                                : "has no label, and records before it have one");
            }
            labelled = has;
            if (!has) {
                return -1;
            }
            String label = row.label("label").strip();
            if (label.isEmpty()) {
                throw bad(row, "has an empty label");
            }
            if (!labels.contains(label)) {
                if (labels.size() == MAX_LABELS) {
                    throw bad(
                            row,
                            "has the label \""
                                    + shown(label)
                                    + "\" after "
                                    + MAX_LABELS
                                    + " others");
                }
                labels.add(label);
            }
            return labels.indexOf(label);
        }

        private static BadLineException bad(Row row, String what) {
            return new BadLineException(row.line(), Reason.UNKNOWN_LABEL, what, HINT);
        }
    }

    private static String shown(String found) {
        String cut = found.length() > 60 ? found.substring(0, 57) + "..." : found;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
