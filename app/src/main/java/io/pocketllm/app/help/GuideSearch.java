package io.pocketllm.app.help;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the parts of all pages that have every word that was typed. */
final class GuideSearch {

    /** Letters before the find in an excerpt, and after its beginning. */
    private static final int BEFORE = 30;

    private static final int AFTER = 90;

    private GuideSearch() {}

    private record Ranked(int rank, Hit hit) {}

    /**
     * The parts that have all words, in heading or text; those with a word in their heading come
     * first, then as the contents go. Nothing is found by nothing.
     */
    static List<Hit> find(List<Article> articles, String typed) {
        String[] words = typed.strip().toLowerCase(Locale.ROOT).split("\\s+");
        if (words[0].isEmpty()) {
            return List.of();
        }
        List<Ranked> found = new ArrayList<>();
        for (Article article : articles) {
            for (Section section : article.sections()) {
                String heading = section.heading().toLowerCase(Locale.ROOT);
                String text = lower(section.text());
                if (hasAll(heading + " " + text, words)) {
                    found.add(
                            new Ranked(
                                    hasAll(heading, words) ? 0 : 1,
                                    new Hit(
                                            new Spot(article.id(), section.anchor()),
                                            article.title(),
                                            section.heading(),
                                            excerpt(section.text(), text, words))));
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt(Ranked::rank))
                .map(Ranked::hit)
                .toList();
    }

    /** Lower case letter by letter, so that places in it are places in the text. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.chars().forEach(c -> lower.append(Character.toLowerCase((char) c)));
        return lower.toString();
    }

    private static boolean hasAll(String text, String[] words) {
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static String excerpt(String text, String lower, String[] words) {
        int at = text.length();
        for (String word : words) {
            int found = lower.indexOf(word);
            if (found >= 0) {
                at = Math.min(at, found);
            }
        }
        if (at == text.length()) {
            at = 0;
        }
        int from = Math.max(0, at - BEFORE);
        int to = Math.min(text.length(), at + AFTER);
        // At whole words where there is one.
        if (from > 0 && text.indexOf(' ', from) >= 0 && text.indexOf(' ', from) < at) {
            from = text.indexOf(' ', from) + 1;
        }
        if (to < text.length() && text.lastIndexOf(' ', to) > at) {
            to = text.lastIndexOf(' ', to);
        }
        return (from > 0 ? "… " : "") + text.substring(from, to) + (to < text.length() ? " …" : "");
    }
}
