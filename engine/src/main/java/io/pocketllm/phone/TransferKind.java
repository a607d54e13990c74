package io.pocketllm.phone;

import java.util.Locale;

/** What a file on its way to a phone is for. Told by where it goes, which is ours to choose. */
public enum TransferKind {
    /** The run file, and the phone's profile beside it. */
    RUN,
    /** The engine: a Java, ONNX Runtime and this program. */
    ENGINE,
    /** Weights and graph. */
    MODEL,
    /** Examples, and the tokenizer that reads them. */
    DATA,
    /** What a finished run has learned. */
    TUNED;

    /**
     * What a file is for.
     *
     * @param path below our folder on the phone
     */
    public static TransferKind of(String path) {
        String first = path.substring(0, Math.max(0, path.indexOf('/')));
        return switch (first) {
            case "engine" -> ENGINE;
            case "models" -> isOfTokenizer(path) ? DATA : MODEL;
            case "data" -> DATA;
            case "tuned" -> TUNED;
            default -> RUN;
        };
    }

    private static boolean isOfTokenizer(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.contains("tokenizer")
                || name.startsWith("vocab.")
                || name.equals("merges.txt")
                || name.equals("special_tokens_map.json");
    }
}
