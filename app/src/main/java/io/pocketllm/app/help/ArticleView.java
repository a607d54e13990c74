package io.pocketllm.app.help;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/** A page of the guide as nodes, one below the other. */
final class ArticleView extends VBox {

    private final InlineText inline;
    private final CodeBlock.Copy copy;
    private final Anchors anchors = new Anchors();
    private final Map<String, Label> headings = new HashMap<>();

    /**
     * @param copy what a code block's button does
     */
    ArticleView(Article article, LinkOpener links, CodeBlock.Copy copy) {
        inline = new InlineText(article.id(), links);
        this.copy = copy;
        getStyleClass().add("guide-article");
        PlainText.children(article.document()).forEach(block -> add(this, block));
    }

    /** The heading that an anchor names. */
    Optional<Label> heading(String anchor) {
        return Optional.ofNullable(headings.get(anchor));
    }

    private void add(Pane into, org.commonmark.node.Node block) {
        switch (block) {
            case Heading heading -> into.getChildren().add(heading(heading));
            case Paragraph p when picture(p) != null -> addPicture(into, picture(p));
            case Paragraph p -> into.getChildren().add(inline.flow(p));
            case ListBlock list -> into.getChildren().add(list(list));
            case FencedCodeBlock code -> addCode(into, code.getLiteral());
            case IndentedCodeBlock code -> addCode(into, code.getLiteral());
            case HtmlBlock html -> addCode(into, html.getLiteral());
            case BlockQuote quote -> into.getChildren().add(quote(quote));
            case ThematicBreak line -> into.getChildren().add(new Separator());
            case TableBlock table -> into.getChildren().add(new GuideTable(table, inline));
            case LinkReferenceDefinition definition -> {}
            default -> PlainText.children(block).forEach(child -> add(into, child));
        }
    }

    private Label heading(Heading node) {
        String words = PlainText.of(node);
        Label label = new Label(words);
        label.getStyleClass().addAll("guide-heading", "guide-h" + Math.min(node.getLevel(), 4));
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        if (node.getParent() instanceof org.commonmark.node.Document) {
            headings.put(anchors.next(words), label);
        }
        return label;
    }

    /** The picture that is all of a paragraph; null where there is other text. */
    private static Image picture(Paragraph paragraph) {
        List<org.commonmark.node.Node> children = PlainText.children(paragraph);
        return children.size() == 1 && children.getFirst() instanceof Image image ? image : null;
    }

    private static void addPicture(Pane into, Image node) {
        into.getChildren().add(GuidePicture.of(node.getDestination(), PlainText.of(node)));
    }

    private void addCode(Pane into, String literal) {
        into.getChildren().add(new CodeBlock(literal.stripTrailing(), copy));
    }

    private Node quote(BlockQuote quote) {
        VBox box = new VBox();
        box.getStyleClass().add("guide-quote");
        PlainText.children(quote).forEach(child -> add(box, child));
        return box;
    }

    private Node list(ListBlock list) {
        VBox box = new VBox();
        box.getStyleClass().add("guide-list");
        int number =
                list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null
                        ? ordered.getMarkerStartNumber()
                        : 1;
        for (org.commonmark.node.Node item : PlainText.children(list)) {
            VBox content = new VBox();
            content.getStyleClass().add("guide-item");
            PlainText.children(item).forEach(child -> add(content, child));
            box.getChildren()
                    .add(new ListRow(list instanceof BulletList ? "•" : number + ".", content));
            number++;
        }
        return box;
    }
}
