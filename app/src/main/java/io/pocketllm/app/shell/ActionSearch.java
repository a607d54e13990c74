package io.pocketllm.app.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds actions by what is typed. */
final class ActionSearch {

    private ActionSearch() {}

    /**
     * Actions that can be done now and have every word in their name; those that begin with what
     * was typed come first.
     */
    static List<Action> find(List<Action> actions, String typed) {
        String words = typed.strip().toLowerCase(Locale.ROOT);
        return actions.stream()
                .filter(action -> action.enabled().getAsBoolean())
                .filter(action -> hasAll(action.name().toLowerCase(Locale.ROOT), words))
                .sorted(
                        Comparator.comparing(
                                action ->
                                        !action.name().toLowerCase(Locale.ROOT).startsWith(words)))
                .toList();
    }

    private static boolean hasAll(String name, String words) {
        for (String word : words.split("\\s+")) {
            if (!name.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
