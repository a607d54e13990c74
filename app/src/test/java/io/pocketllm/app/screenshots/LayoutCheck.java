package io.pocketllm.app.screenshots;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/**
 * Finds text that is cut off and nodes that stick out of their parents. A cut text is no fault
 * where a tooltip has it whole, or in a cell of a table, whose columns a person can widen.
 */
public final class LayoutCheck {

    /** Points that rounding to whole pixels may cost. */
    private static final double TOLERANCE = 1;

    /** Points a blank at the end of a line may take. */
    private static final double HANGING_BLANK = 8;

    /** Drawn over an edge to be seen: the line of the budget across a thin bar. */
    private static final Set<String> ON_PURPOSE = Set.of("parts-line");

    private final List<String> faults = new ArrayList<>();

    private LayoutCheck() {}

    /** What is wrong, a line each; empty for nothing. */
    public static List<String> faults(Parent root) {
        LayoutCheck check = new LayoutCheck();
        check.walk(root, false);
        return check.faults;
    }

    private void walk(Node node, boolean inTable) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Labeled labeled) {
            checkText(labeled, inTable);
        }
        if (!(node instanceof Parent parent)) {
            return;
        }
        boolean table = inTable || node instanceof TableView<?> || node instanceof ListView<?>;
        // What a control makes of its own parts, and what scrolls, is clipped on purpose.
        boolean pane = node instanceof Region && !(node instanceof Control);
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (pane && !table && child.isVisible() && child.isManaged()) {
                checkBounds(parent, child);
            }
            if (!(node instanceof ScrollPane)) {
                walk(child, table);
            }
        }
        if (node instanceof ScrollPane scroll && scroll.getContent() != null) {
            walk(scroll.getContent(), table);
        }
    }

    private void checkText(Labeled labeled, boolean inTable) {
        boolean explained =
                labeled.getTooltip() != null && !labeled.getTooltip().getText().isBlank();
        if (isCut(labeled) && !explained && !(labeled instanceof TableCell && inTable)) {
            faults.add(
                    "cut off: \""
                            + labeled.getText()
                            + "\" has "
                            + Math.round(labeled.getWidth())
                            + " × "
                            + Math.round(labeled.getHeight())
                            + " points in "
                            + path(labeled));
        }
    }

    /** Its property is true too for a text that is a fraction of a point too high. */
    private static boolean isCut(Labeled labeled) {
        return labeled.isTextTruncated()
                && labeled.getChildrenUnmodifiable().stream()
                        .filter(Text.class::isInstance)
                        .map(child -> ((Text) child).getText())
                        .anyMatch(text -> text.contains(labeled.getEllipsisString()));
    }

    private void checkBounds(Parent parent, Node child) {
        if (child.getStyleClass().stream().anyMatch(ON_PURPOSE::contains)) {
            return;
        }
        // The blank that a line of words breaks at hangs over its end.
        double right = TOLERANCE + (parent instanceof TextFlow ? HANGING_BLANK : 0);
        Bounds inParent = placed(child);
        Bounds room = parent.getLayoutBounds();
        if (inParent.getMinX() < room.getMinX() - TOLERANCE
                || inParent.getMinY() < room.getMinY() - TOLERANCE
                || inParent.getMaxX() > room.getMaxX() + right
                || inParent.getMaxY() > room.getMaxY() + TOLERANCE) {
            faults.add(
                    "sticks out: "
                            + words(inParent)
                            + " of "
                            + words(room)
                            + " at "
                            + path(child)
                            + words(child));
        }
    }

    /** Where its layout put it: without shadows, and without what the style moves it by. */
    private static Bounds placed(Node node) {
        Bounds bounds = node.getLayoutBounds();
        return new BoundingBox(
                bounds.getMinX() + node.getLayoutX(),
                bounds.getMinY() + node.getLayoutY(),
                bounds.getWidth(),
                bounds.getHeight());
    }

    private static String words(Bounds bounds) {
        return "[%.0f..%.0f, %.0f..%.0f]"
                .formatted(bounds.getMinX(), bounds.getMaxX(), bounds.getMinY(), bounds.getMaxY());
    }

    private static String words(Node node) {
        return switch (node) {
            case Text text -> " \"" + text.getText() + "\"";
            case TextFlow flow ->
                    flow.getChildren().stream().map(LayoutCheck::words).reduce("", String::concat);
            default -> "";
        };
    }

    private static String path(Node node) {
        StringBuilder path = new StringBuilder();
        for (Node at = node; at != null && path.length() < 160; at = at.getParent()) {
            path.insert(
                    0,
                    "/"
                            + (at.getId() != null
                                    ? "#" + at.getId()
                                    : at.getClass().getSimpleName()
                                            + at.getStyleClass().stream()
                                                    .map(c -> "." + c)
                                                    .reduce("", String::concat)));
        }
        return path.toString();
    }
}
