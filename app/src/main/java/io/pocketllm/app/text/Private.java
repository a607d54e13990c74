package io.pocketllm.app.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of a text what says who a person is: home folder and user name. */
public final class Private {

    /** Shorter names are parts of too many words, and say nothing about anyone. */
    private static final int SHORTEST_NAME = 3;

    private Private() {}

    /** A text that can be given away: home folders are ~, the user's name in a path is "user". */
    public static String hide(String text) {
        return hide(
                text,
                System.getProperty("user.name", ""),
                System.getProperty("user.home", ""),
                System.getenv().getOrDefault("HOME", ""));
    }

    /** The same for a given user. */
    static String hide(String text, String user, String... homes) {
        String shown = text;
        // The longest first: one home may be inside the other.
        for (String home :
                Arrays.stream(homes)
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList()) {
            if (home.length() > 1) {
                // JSON doubles the backslashes of a Windows path.
                shown = shown.replace(home, "~").replace(home.replace("\\", "\\\\"), "~");
            }
        }
        if (user.length() >= SHORTEST_NAME) {
            // A folder on another disk often has the user's name too.
            shown =
                    Pattern.compile("(?<=[/\\\\])" + Pattern.quote(user) + "(?=[/\\\\\"\\s]|$)")
                            .matcher(shown)
                            .replaceAll(Matcher.quoteReplacement("user"));
        }
        return shown;
    }
}
