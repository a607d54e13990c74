package io.pocketllm.app.help;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names of headings in links, made as the sites do that show these pages: lower case, blanks to
 * hyphens, no other marks; a second one of the same name gets -1.
 */
final class Anchors {

    private final Map<String, Integer> seen = new HashMap<>();

    /** The anchor of the next heading of a page. */
    String next(String heading) {
        String name = of(heading);
        int before = seen.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "-" + before;
    }

    private static String of(String heading) {
        StringBuilder anchor = new StringBuilder();
        heading.strip()
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(
                        c -> {
                            if (Character.isLetterOrDigit(c) || c == '_' || c == '-') {
                                anchor.appendCodePoint(c);
                            } else if (c == ' ') {
                                anchor.append('-');
                            }
                        });
        return anchor.toString();
    }
}
