package io.pocketllm.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a data file is written. */
public enum DataFormat {
    /** A header line, then one example a line, columns between tabs; quotes mean themselves. */
    TSV("tsv", 64 * 1024, "tsv"),
    /** RFC 4180: a header line, commas, fields in double quotes where needed. */
    CSV("csv", 1 << 20, "csv"),
    /** One JSON object a line. */
    JSON_LINES("jsonl", 1 << 20, "jsonl", "ndjson", "json");

    private final String key;
    private final int maxLineBytes;
    private final List<String> extensions;

    DataFormat(String key, int maxLineBytes, String... extensions) {
        this.key = key;
        this.maxLineBytes = maxLineBytes;
        this.extensions = List.of(extensions);
    }

    /** Its name in a run file. */
    public String key() {
        return key;
    }

    /** Longer lines are no examples; a cap keeps a damaged file from filling the memory. */
    public int maxLineBytes() {
        return maxLineBytes;
    }

    /** The ends of file names that mean this format, without the dot. */
    public List<String> extensions() {
        return extensions;
    }

    /**
     * The format a file's name means.
     *
     * @throws DataException where its end is none of those known
     */
    static DataFormat of(String fileName) throws DataException {
        String end = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (DataFormat format : values()) {
            if (format.extensions.contains(end)) {
                return format;
            }
        }
        throw new DataException(
                fileName + ": its name does not say which format it has",
                "Let it end with "
                        + Arrays.stream(values())
                                .flatMap(f -> f.extensions.stream())
                                .map(e -> "." + e)
                                .collect(Collectors.joining(", "))
                        + ", or set data.format.");
    }
}
