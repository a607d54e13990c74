package io.pocketllm.device;

import java.util.Locale;

/** How far a value of a profile can be trusted, told from the words of its source. */
public enum SourceKind {
    /** Read from, or measured on, the device itself. */
    MEASURED,
    /** Somebody who can be looked up says so. */
    NAMED,
    /** Written down from memory. */
    FROM_MEMORY,
    /** Worked out by a rule, or chosen: show it as such. */
    ESTIMATED,
    /** Nobody says where it is from. */
    UNKNOWN;

    /** The kind of a source as it is written in a profile; null is unknown. */
    public static SourceKind of(String source) {
        if (source == null || source.isBlank()) {
            return UNKNOWN;
        }
        String words = source.toLowerCase(Locale.ROOT);
        if (words.startsWith("read over adb") || words.startsWith("measured")) {
            return MEASURED;
        }
        if (words.startsWith("estimated") || words.startsWith("chosen")) {
            return ESTIMATED;
        }
        return words.startsWith("from memory") ? FROM_MEMORY : NAMED;
    }
}
