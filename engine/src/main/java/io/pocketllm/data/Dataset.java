package io.pocketllm.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Labelled texts in three parts that share nothing: to learn from, to watch while learning, and to
 * judge by once at the end.
 *
 * @param name name for people
 * @param labels class names; an example's label is an index into them
 */
public record Dataset(
        String name,
        List<String> labels,
        List<Example> train,
        List<Example> validation,
        List<Example> test) {

    private static final String BUILTIN_FOLDER = "/io/pocketllm/sample-data/";

    /** Opens one of the three files by its name. */
    @FunctionalInterface
    private interface Source {
        InputStream open(String file) throws IOException, DataException;
    }

    /**
     * Reads train.tsv, validation.tsv and test.tsv of a folder.
     *
     * @param labels the class names the run file lists
     * @throws DataException naming file and line where something cannot be used
     */
    public static Dataset read(Path folder, List<String> labels) throws DataException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(
                    folder + ": there is no such data folder",
                    "Check data.path in the run file: a folder with train.tsv, validation.tsv and test.tsv.");
        }
        String name = String.valueOf(folder.getFileName());
        return read(
                name,
                labels,
                file -> folder.resolve(file).toString(),
                file -> {
                    if (!Files.isRegularFile(folder.resolve(file))) {
                        throw new DataException(
                                folder.resolve(file) + ": there is no such file",
                                "The data folder needs train.tsv, validation.tsv and test.tsv.");
                    }
                    return Files.newInputStream(folder.resolve(file));
                });
    }

    /**
     * Reads a data set that comes with the program.
     *
     * @param name such as {@code inbox-nurse}
     */
    public static Dataset builtin(String name, List<String> labels) throws DataException {
        return read(
                name,
                labels,
                file -> "builtin:" + name + "/" + file,
                file -> {
                    // Only plain names: the class path is no file system to walk.
                    InputStream stream =
                            name.matches("[a-z0-9-]+")
                                    ? Dataset.class.getResourceAsStream(
                                            BUILTIN_FOLDER + name + "/" + file)
                                    : null;
                    if (stream == null) {
                        throw new DataException(
                                "builtin:" + name + ": there is no such built-in data set",
                                "There are builtin:inbox-nurse and builtin:inbox-mechanic.");
                    }
                    return stream;
                });
    }

    private static Dataset read(
            String name,
            List<String> labels,
            java.util.function.UnaryOperator<String> display,
            Source source)
            throws DataException {
        return new Dataset(
                name,
                List.copyOf(labels),
                part("train.tsv", labels, display, source),
                part("validation.tsv", labels, display, source),
                part("test.tsv", labels, display, source));
    }

    private static List<Example> part(
            String file,
            List<String> labels,
            java.util.function.UnaryOperator<String> display,
            Source source)
            throws DataException {
        try (InputStream stream = source.open(file)) {
            return List.copyOf(new TsvReader(display.apply(file), labels).read(stream));
        } catch (IOException e) {
            throw new DataException(
                    display.apply(file) + ": cannot be read (" + e.getMessage() + ")",
                    "Check the file and the disk.");
        }
    }
}
