package io.pocketllm.app.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * One page of the guide.
 *
 * @param id its file's name without ending
 * @param title its first heading
 * @param document its tree; not to be changed
 * @param sections its parts in order
 */
record Article(String id, String title, Node document, List<Section> sections) {

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    /** Reads a page out of its Markdown. No text is refused: what is no mark is a word. */
    static Article of(String id, String markdown) {
        Node document = PARSER.parse(markdown);
        List<Section> sections = sections(document);
        String title =
                sections.stream()
                        .map(Section::heading)
                        .filter(heading -> !heading.isEmpty())
                        .findFirst()
                        .orElse(id);
        return new Article(id, title, document, sections);
    }

    private static List<Section> sections(Node document) {
        Anchors anchors = new Anchors();
        List<Section> all = new ArrayList<>();
        String anchor = "";
        String heading = "";
        int level = 1;
        StringBuilder text = new StringBuilder();
        for (Node block : PlainText.children(document)) {
            if (block instanceof Heading next) {
                if (!heading.isEmpty() || !text.isEmpty()) {
                    all.add(new Section(anchor, heading, level, text.toString().strip()));
                }
                heading = PlainText.of(next);
                anchor = anchors.next(heading);
                level = next.getLevel();
                text.setLength(0);
            } else {
                text.append(PlainText.of(block)).append(' ');
            }
        }
        all.add(new Section(anchor, heading, level, text.toString().strip()));
        return List.copyOf(all);
    }

    /** The part an anchor names. */
    Optional<Section> section(String anchor) {
        return sections.stream().filter(s -> s.anchor().equals(anchor)).findFirst();
    }
}
