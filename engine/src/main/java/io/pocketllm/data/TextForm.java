package io.pocketllm.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a template may change a text before it puts it in: <code>{text|lowerFirst}</code>. */
enum TextForm {
    /** As it stands. */
    PLAIN("") {
        @Override
        String of(String text) {
            return text;
        }
    },
    /** Without one punctuation mark at its end, so that the template can set its own. */
    NO_FINAL_MARK("noFinalMark") {
        @Override
        String of(String text) {
            boolean mark =
                    text.length() > 1 && ".?!,;:".indexOf(text.charAt(text.length() - 1)) >= 0;
            return mark ? text.substring(0, text.length() - 1).stripTrailing() : text;
        }
    },
    /** With a small first letter, because it goes on after a comma. */
    LOWER_FIRST("lowerFirst") {
        @Override
        String of(String text) {
            int end = text.offsetByCodePoints(0, Math.min(1, text.length()));
            return text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end);
        }
    },
    /** With a capital first letter and a question mark. */
    QUESTION("question") {
        @Override
        String of(String text) {
            int end = text.offsetByCodePoints(0, Math.min(1, text.length()));
            String capital = text.substring(0, end).toUpperCase(Locale.ROOT) + text.substring(end);
            return capital.endsWith("?") ? capital : capital + "?";
        }
    };

    private final String key;

    TextForm(String key) {
        this.key = key;
    }

    abstract String of(String text);

    /** The form a template calls by this name, or null. */
    static TextForm named(String key) {
        return Arrays.stream(values())
                .filter(form -> form != PLAIN && form.key.equals(key))
                .findFirst()
                .orElse(null);
    }

    static String names() {
        return Arrays.stream(values())
                .filter(form -> form != PLAIN)
                .map(form -> form.key)
                .collect(Collectors.joining(", "));
    }
}
