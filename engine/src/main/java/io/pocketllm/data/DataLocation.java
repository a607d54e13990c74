package io.pocketllm.data;

import java.nio.file.Path;

/** Where a data set is. */
public sealed interface DataLocation {

    /**
     * A data set that comes with the program.
     *
     * @param name such as {@code inbox-nurse}
     */
    record Builtin(String name) implements DataLocation {}

    /**
     * A folder with a file for each part: {@code train}, {@code validation} or {@code dev}, and
     * {@code test}, which may be missing.
     */
    record Folder(Path folder) implements DataLocation {}

    /**
     * One file that the parts are cut from.
     *
     * @param validation share of the validation part, 0 to 1
     * @param test share of the test part; 0 for none
     */
    record OneFile(Path file, double validation, double test) implements DataLocation {}

    /**
     * A file for each part.
     *
     * @param test null for none
     */
    record Files(Path train, Path validation, Path test) implements DataLocation {}
}
