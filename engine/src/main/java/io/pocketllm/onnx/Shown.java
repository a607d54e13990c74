package io.pocketllm.onnx;

/** Text from a file, made fit for a message: no control characters, never long. */
final class Shown {

    private static final int MOST = 200;

    private Shown() {}

    static String of(String text) {
        String safe = text == null ? "" : text;
        String cut = safe.length() <= MOST ? safe : safe.substring(0, MOST) + "...";
        return cut.replaceAll("\\p{Cntrl}", " ");
    }
}
