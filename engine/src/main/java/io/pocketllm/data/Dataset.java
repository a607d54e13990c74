package io.pocketllm.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Examples in three parts that share nothing: to learn from, to watch while learning, and to judge
 * by once at the end.
 *
 * @param name name for people
 * @param labels class names; an example's label is an index into them. Empty where examples have
 *     answers of their own
 * @param warnings what its reader should know: lines skipped, examples not used, a part that is
 *     missing
 */
public record Dataset(
        String name,
        List<String> labels,
        List<Example> train,
        List<Example> validation,
        List<Example> test,
        List<DataWarning> warnings) {

    /**
     * Reads a data set. Files are streamed; only what the sampling keeps stays in memory.
     *
     * @throws DataException naming file and line where something cannot be used
     */
    public static Dataset read(DatasetRequest request) throws DataException {
        return new DatasetReader(request).read();
    }

    /**
     * Reads labelled texts from a folder with a file for each part.
     *
     * @param labels the class names the run file lists
     * @throws DataException naming file and line where something cannot be used
     */
    public static Dataset read(Path folder, List<String> labels) throws DataException {
        return read(plain(new DataLocation.Folder(folder), labels));
    }

    /**
     * Reads a data set that comes with the program.
     *
     * @param name such as {@code inbox-nurse}
     */
    public static Dataset builtin(String name, List<String> labels) throws DataException {
        return read(plain(new DataLocation.Builtin(name), labels));
    }

    private static DatasetRequest plain(DataLocation location, List<String> labels) {
        return new DatasetRequest(location, null, RowShape.texts(labels), Sampling.usual(0), false);
    }
}
