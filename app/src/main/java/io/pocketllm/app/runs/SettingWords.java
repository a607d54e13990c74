package io.pocketllm.app.runs;

import io.pocketllm.app.text.Units;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Values of a run file as people read them: paths as short as they stay clear, units said. */
final class SettingWords {

    private SettingWords() {}

    /** All values of one key. */
    static List<String> of(String key, List<String> values) {
        return isPath(key)
                ? shortPaths(values)
                : values.stream()
                        .map(v -> v.equals(Difference.LEFT_OUT) ? v : withUnit(key, v))
                        .toList();
    }

    /** "method.learningRate" as "learning rate". */
    static String name(String key) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        return last.replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT)
                .replace(" bytes", "");
    }

    private static boolean isPath(String key) {
        return key.endsWith(".path")
                || key.startsWith("data.files.")
                || key.equals("device.profile");
    }

    private static String withUnit(String key, String value) {
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return value;
        }
        return switch (key.substring(key.lastIndexOf('.') + 1)) {
            case "budgetBytes" -> Units.megabytes(number);
            case "evaluateEvery" -> "every " + value + " steps";
            case "maxTokens", "prefixTokens" -> value + " tokens";
            case "coneAngle" -> value + " rad";
            case "tokenDropout", "sparseShare" -> Units.percent(number);
            default -> value;
        };
    }

    /** As many of the last parts as tell each from the others. */
    private static List<String> shortPaths(List<String> values) {
        long different = values.stream().distinct().count();
        for (int parts = 1; ; parts++) {
            int most = parts;
            UnaryOperator<String> cut = value -> lastParts(value, most);
            List<String> cutShort = values.stream().map(cut).toList();
            if (cutShort.stream().distinct().count() == different || cutShort.equals(values)) {
                return cutShort;
            }
        }
    }

    private static String lastParts(String path, int parts) {
        int at = path.length();
        for (int i = 0; i < parts && at >= 0; i++) {
            at = Math.max(path.lastIndexOf('/', at - 1), path.lastIndexOf('\\', at - 1));
            if (at <= 0) {
                return i == 0 && path.startsWith("builtin:") ? path.substring(8) : path;
            }
        }
        return path.substring(at + 1);
    }
}
