package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings of a run in words short enough for a table. */
public final class SettingText {

    private static final int MOST_CHARS = 160;

    private SettingText() {}

    /** A value as a person would write it; JSON's null, which takes the key out, is "none". */
    public static String of(JsonNode value) {
        if (value == null || value.isNull()) {
            return "none";
        }
        if (value.isFloatingPointNumber()) {
            double number = value.doubleValue();
            if (!Double.isFinite(number)) {
                return value.toString();
            }
            BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
            boolean written = number == 0 || Math.abs(number) >= 1e-4 && Math.abs(number) < 1e9;
            return written ? exact.toPlainString() : exact.toString();
        }
        return clip(value.isValueNode() ? value.asText() : value.toString(), MOST_CHARS / 2);
    }

    /** The last word of a key, or all of it where another key of the sweep ends alike. */
    public static String shortKey(String key, Collection<String> keys) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        boolean unique =
                keys.stream()
                        .filter(other -> !other.equals(key))
                        .noneMatch(other -> other.equals(last) || other.endsWith("." + last));
        return unique ? last : key;
    }

    /** {@code learningRate=0.1, seed=7}. */
    public static String of(Map<String, JsonNode> settings) {
        return clip(
                settings.entrySet().stream()
                        .map(
                                setting ->
                                        shortKey(setting.getKey(), settings.keySet())
                                                + "="
                                                + of(setting.getValue()))
                        .collect(Collectors.joining(", ")),
                MOST_CHARS);
    }

    private static String clip(String text, int chars) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > chars ? line.substring(0, chars - 3) + "..." : line;
    }
}
