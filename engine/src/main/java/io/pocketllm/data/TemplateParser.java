package io.pocketllm.data;

import io.pocketllm.data.PromptTemplate.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a template into its pieces. */
final class TemplateParser {

    private final String source;
    private final Set<String> names;
    private final String special;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();

    /**
     * @param special {@code mask} or {@code answer}: the one of the two that may occur
     */
    TemplateParser(String source, Set<String> names, String special) {
        this.source = source;
        this.names = names;
        this.special = special;
    }

    List<Piece> parse() throws TemplateException {
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            boolean doubled = i + 1 < source.length() && source.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                words.append(c);
                i += 2;
            } else if (c == '{') {
                int end = source.indexOf('}', i);
                if (end < 0) {
                    throw new TemplateException(
                            "has a { at character " + (i + 1) + " that is not closed",
                            "Close it with }, or write {{ for a brace.");
                }
                endWords();
                pieces.add(place(source.substring(i + 1, end)));
                i = end + 1;
            } else if (c == '}') {
                throw new TemplateException(
                        "has a } at character " + (i + 1) + " that closes nothing",
                        "Take it out, or write }} for a brace.");
            } else {
                words.append(c);
                i++;
            }
        }
        endWords();
        return pieces;
    }

    private void endWords() {
        if (!words.isEmpty()) {
            pieces.add(new PromptTemplate.Words(words.toString()));
            words.setLength(0);
        }
    }

    private Piece place(String inside) throws TemplateException {
        int bar = inside.indexOf('|');
        String name = bar < 0 ? inside : inside.substring(0, bar);
        if (bar < 0 && name.equals(special)) {
            return special.equals("mask") ? new PromptTemplate.Mask() : new PromptTemplate.Answer();
        }
        if (name.equals("mask") || name.equals("answer")) {
            throw new TemplateException(
                    "has {" + inside + "}, which goes with another kind of objective",
                    name.equals(special)
                            ? "Write {" + special + "} alone."
                            : "{mask} belongs to \"label-word\" and {answer} to \"answer\".");
        }
        if (!names.contains(name)) {
            throw new TemplateException(
                    "has the unknown place {" + shown(name) + "}",
                    "There are: {"
                            + String.join("}, {", names)
                            + "} and {"
                            + special
                            + "}. For another text name its column: data.columns."
                            + shown(name)
                            + ".");
        }
        TextForm form = bar < 0 ? TextForm.PLAIN : TextForm.named(inside.substring(bar + 1));
        if (form == null) {
            throw new TemplateException(
                    "has {" + shown(inside) + "}, and there is no such form of a text",
                    "There are: " + TextForm.names() + ".");
        }
        return new PromptTemplate.Text(name, form);
    }

    private static String shown(String name) {
        return name.length() > 40 ? name.substring(0, 37) + "..." : name;
    }
}
