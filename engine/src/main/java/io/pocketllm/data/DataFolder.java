package io.pocketllm.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A folder with a file for each part: {@code train.tsv}, {@code dev.jsonl}, {@code test.csv}. */
final class DataFolder {

    private final Path folder;
    private final DataFormat format;

    /**
     * @param format only files of this format count; null for all
     */
    DataFolder(Path folder, DataFormat format) throws DataException {
        this.folder = folder;
        this.format = format;
        if (!Files.isDirectory(folder)) {
            throw new DataException(
                    folder + ": there is no such data folder",
                    "Check data.path in the run file: a folder with train.tsv, validation.tsv and"
                            + " test.tsv (or .csv, .jsonl), or one such file.");
        }
    }

    /**
     * A part's file.
     *
     * @return null where the test part has none
     * @throws DataException where another part has none, or a part has several
     */
    Path file(Part part) throws DataException {
        List<Path> found = new ArrayList<>();
        for (String name : part.names()) {
            for (DataFormat candidate : DataFormat.values()) {
                for (String end : candidate.extensions()) {
                    Path file = folder.resolve(name + "." + end);
                    if ((format == null || format == candidate) && Files.isRegularFile(file)) {
                        found.add(file);
                    }
                }
            }
        }
        if (found.size() > 1) {
            throw new DataException(
                    folder
                            + ": has several files for the "
                            + part.key()
                            + " part: "
                            + found.stream()
                                    .map(f -> f.getFileName().toString())
                                    .collect(Collectors.joining(", ")),
                    "Leave one, set data.format, or name the files in data.files.");
        }
        if (found.isEmpty() && part != Part.TEST) {
            DataFormat usual = format == null ? DataFormat.TSV : format;
            throw new DataException(
                    folder.resolve(part.key() + "." + usual.key()) + ": there is no such file",
                    "The data folder needs train.tsv, validation.tsv and, for the last"
                            + " measurement, test.tsv (or .csv, .jsonl).");
        }
        return found.isEmpty() ? null : found.getFirst();
    }
}
