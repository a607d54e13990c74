package io.pocketllm.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds pairs of messages of which one gives the other away: the same, from the same template, or
 * nearly a copy. A split that holds one of a pair must not judge a model that has learned from the
 * other.
 */
final class LeakFinder {

    /** A phrase of so many words that two messages share is a copied one. */
    private static final int PHRASE_WORDS = 5;

    private static final double SHARED_WORDS = 0.5;

    private static final double SHARED_SEQUENCE = 0.6;

    private static final Set<String> MASKED =
            Set.of(
                    ("monday tuesday wednesday thursday friday saturday sunday january february"
                                    + " march april may june july august september october november"
                                    + " december zero one two three four five six seven eight nine"
                                    + " ten eleven twelve thirteen fourteen fifteen sixteen"
                                    + " seventeen eighteen nineteen twenty thirty forty fifty sixty"
                                    + " seventy eighty ninety hundred thousand first second third"
                                    + " half")
                            .split(" "));

    /** A message in the forms it is compared in, made once. */
    private record Form(
            String text,
            List<String> words,
            Set<String> set,
            String template,
            Set<String> phrases) {

        static Form of(String text) {
            List<String> words = LeakFinder.words(text);
            Set<String> phrases = new HashSet<>();
            for (int i = 0; i + PHRASE_WORDS <= words.size(); i++) {
                phrases.add(String.join(" ", words.subList(i, i + PHRASE_WORDS)));
            }
            return new Form(text, words, new HashSet<>(words), LeakFinder.template(text), phrases);
        }
    }

    /** Two messages and what they share. */
    record Leak(String first, String second, String why) {}

    private LeakFinder() {}

    /** Every leak between two splits. */
    static List<Leak> between(List<String> some, List<String> others) {
        List<Form> forms = others.stream().map(Form::of).toList();
        List<Leak> leaks = new ArrayList<>();
        for (String text : some) {
            Form form = Form.of(text);
            for (Form other : forms) {
                why(form, other).ifPresent(why -> leaks.add(new Leak(text, other.text, why)));
            }
        }
        return leaks;
    }

    /** What two messages share too much of; empty where they are far enough apart. */
    static Optional<String> why(String a, String b) {
        return why(Form.of(a), Form.of(b));
    }

    private static Optional<String> why(Form a, Form b) {
        if (a.words.equals(b.words)) {
            return Optional.of("same message");
        }
        if (a.template.equals(b.template)) {
            return Optional.of("same template");
        }
        if (a.phrases.stream().anyMatch(b.phrases::contains)) {
            return Optional.of("shared phrase");
        }
        long shared = a.set.stream().filter(b.set::contains).count();
        if (shared >= SHARED_WORDS * (a.set.size() + b.set.size() - shared)) {
            return Optional.of("same words");
        }
        int sequence = longestCommonSubsequence(a.words, b.words);
        return 2.0 * sequence >= SHARED_SEQUENCE * (a.words.size() + b.words.size())
                ? Optional.of("same sequence")
                : Optional.empty();
    }

    /** Lower case, no punctuation. */
    static List<String> words(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("['’]", "");
        return Arrays.stream(plain.split("[^\\p{L}\\p{N}]+")).filter(w -> !w.isEmpty()).toList();
    }

    /** The message with digits, names, weekdays, months and number words masked. */
    static String template(String text) {
        List<String> masked = new ArrayList<>();
        boolean start = true;
        for (String token : text.replaceAll("['’]", "").split("[^\\p{L}\\p{N}.!?:]+")) {
            String word = token.replaceAll("[^\\p{L}\\p{N}]", "");
            boolean name = !start && !word.isEmpty() && Character.isUpperCase(word.charAt(0));
            boolean number = word.chars().anyMatch(Character::isDigit);
            String lower = word.toLowerCase(Locale.ROOT);
            if (!word.isEmpty()) {
                masked.add(name || number || MASKED.contains(lower) ? "_" : lower);
            }
            // The first word of a sentence has a capital whatever it is.
            start = token.matches(".*[.!?:]") || start && word.isEmpty();
        }
        return String.join(" ", masked);
    }

    /** Length of the longest sequence of words that both have in the same order. */
    static int longestCommonSubsequence(List<String> a, List<String> b) {
        int[] row = new int[b.size() + 1];
        for (String word : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.size(); j++) {
                int above = row[j];
                row[j] = word.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[b.size()];
    }
}
