package io.pocketllm.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text with places to fill: <code>{text} It was {mask}.</code> has one for an example's text and
 * one for the word a masked model guesses; <code>{text} It was {answer}</code> one for the answer a
 * causal model goes on with. Two braces stand for one.
 *
 * @param source as it was written
 * @param pieces its parts in order
 */
public record PromptTemplate(String source, List<Piece> pieces) {

    /** One part of a template. */
    sealed interface Piece {}

    /** Words that every prompt has. */
    record Words(String text) implements Piece {}

    /** A text of the example. */
    record Text(String name, TextForm form) implements Piece {}

    /** The place of the word that is guessed. */
    record Mask() implements Piece {}

    /** The place of the answer. */
    record Answer() implements Piece {}

    /**
     * A template for a masked model.
     *
     * @param names the texts an example has
     * @throws TemplateException unless there is exactly one <code>{mask}</code>, at least one text,
     *     and nothing unknown
     */
    public static PromptTemplate masked(String source, Set<String> names) throws TemplateException {
        List<Piece> pieces = new TemplateParser(source, names, "mask").parse();
        long masks = pieces.stream().filter(Mask.class::isInstance).count();
        if (masks != 1) {
            throw new TemplateException(
                    masks == 0 ? "has no {mask}" : "has {mask} " + masks + " times",
                    "Put {mask} once where the model guesses the label's word: \"{text} It was {mask}.\"");
        }
        return withTexts(source, pieces);
    }

    /**
     * A template for a causal model. Words behind the answer are predicted with it.
     *
     * @param names the texts an example has
     * @throws TemplateException unless there is exactly one <code>{answer}</code> behind at least
     *     one text, and nothing unknown
     */
    public static PromptTemplate answered(String source, Set<String> names)
            throws TemplateException {
        List<Piece> pieces = new TemplateParser(source, names, "answer").parse();
        long answers = pieces.stream().filter(Answer.class::isInstance).count();
        if (answers != 1) {
            throw new TemplateException(
                    answers == 0 ? "has no {answer}" : "has {answer} " + answers + " times",
                    "Put {answer} once, at the end: \"{text} It was {answer}\"");
        }
        int place = pieces.indexOf(new Answer());
        for (Piece after : pieces.subList(place + 1, pieces.size())) {
            if (after instanceof Text text) {
                throw new TemplateException(
                        "has {" + text.name() + "} behind {answer}",
                        "Put every text before {answer}: a causal model reads from left to right.");
            }
        }
        return withTexts(source, pieces);
    }

    private static PromptTemplate withTexts(String source, List<Piece> pieces)
            throws TemplateException {
        PromptTemplate template = new PromptTemplate(source, List.copyOf(pieces));
        if (template.texts().isEmpty()) {
            throw new TemplateException(
                    "has no place for the example's text",
                    "Put {text} where the text goes: every prompt would read the same.");
        }
        return template;
    }

    /** The names of the texts it needs, in the order of their first places. */
    public Set<String> texts() {
        Set<String> names = new LinkedHashSet<>();
        for (Piece piece : pieces) {
            if (piece instanceof Text text) {
                names.add(text.name());
            }
        }
        return names;
    }
}
