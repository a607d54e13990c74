package io.pocketllm.app.help;

import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;

/**
 * Words of a page as text that wraps: strong, emphasis, code, links. HTML is text like any other.
 */
final class InlineText {

    private final String page;
    private final LinkOpener links;

    /**
     * @param page the page the words stand on
     */
    InlineText(String page, LinkOpener links) {
        this.page = page;
        this.links = links;
    }

    private record Look(boolean strong, boolean emphasis) {}

    /** Everything below a node, as one flow. */
    TextFlow flow(org.commonmark.node.Node parent) {
        TextFlow flow = new TextFlow();
        flow.getStyleClass().add("guide-flow");
        addChildren(flow, parent, new Look(false, false));
        return flow;
    }

    private void addChildren(TextFlow flow, org.commonmark.node.Node parent, Look look) {
        PlainText.children(parent).forEach(child -> add(flow, child, look));
    }

    private void add(TextFlow flow, org.commonmark.node.Node node, Look look) {
        switch (node) {
            case org.commonmark.node.Text text -> flow.getChildren().add(text(text, look));
            case Code code -> flow.getChildren().add(styled(code.getLiteral(), "guide-code"));
            case HtmlInline html -> flow.getChildren().add(styled(html.getLiteral(), "guide-code"));
            case SoftLineBreak soft -> flow.getChildren().add(styled(" ", "guide-text"));
            case HardLineBreak hard -> flow.getChildren().add(styled("\n", "guide-text"));
            case StrongEmphasis strong -> addChildren(flow, strong, new Look(true, look.emphasis));
            case Emphasis emphasis -> addChildren(flow, emphasis, new Look(look.strong, true));
            case Link link -> flow.getChildren().add(link(link));
            // A picture among words: its words.
            case Image image -> addChildren(flow, image, look);
            default -> addChildren(flow, node, look);
        }
    }

    private static Text text(org.commonmark.node.Text node, Look look) {
        Text text = styled(node.getLiteral(), "guide-text");
        if (look.strong) {
            text.getStyleClass().add("guide-strong");
        }
        if (look.emphasis) {
            text.getStyleClass().add("guide-emphasis");
        }
        return text;
    }

    private static Text styled(String words, String style) {
        Text text = new Text(words);
        text.getStyleClass().add(style);
        return text;
    }

    private Node link(Link node) {
        LinkTarget target = LinkTarget.of(page, node.getDestination());
        Hyperlink link = new Hyperlink(PlainText.of(node));
        link.getStyleClass().add("guide-link");
        link.setMnemonicParsing(false);
        if (target instanceof LinkTarget.Outside outside) {
            link.getStyleClass().add("guide-outside");
            link.setTooltip(
                    new Tooltip(
                            outside.address()
                                    + "\nA click copies the address: this program opens no"
                                    + " network."));
            link.setAccessibleHelp("Copies the address " + outside.address());
        }
        link.setOnAction(
                e -> {
                    link.setVisited(false);
                    links.open(target);
                });
        return link;
    }
}
