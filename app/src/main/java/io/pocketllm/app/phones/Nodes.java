package io.pocketllm.app.phones;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Small parts that the cards of this place share. */
final class Nodes {

    private Nodes() {}

    static Label title(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("card-title");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    /** Text that is never cut: it takes the lines it needs. */
    static Label text(String id, String... styles) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().addAll(styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** The same, bound; takes no room while it is empty. */
    static Label bound(String id, ObservableStringValue words, String... styles) {
        Label label = text(id, styles);
        label.textProperty().bind(words);
        showWhileFilled(label, words);
        return label;
    }

    /** A trouble's message over its hint. */
    static Label trouble(String id, ReadOnlyObjectProperty<Trouble> trouble) {
        return bound(
                id,
                Bindings.createStringBinding(() -> trouble.get().text(), trouble),
                "field-error");
    }

    static void showWhileFilled(Node node, ObservableStringValue words) {
        node.visibleProperty().bind(Bindings.isNotEmpty(words));
        node.managedProperty().bind(node.visibleProperty());
    }

    static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    static Button button(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add("quiet-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(e -> action.run());
        return button;
    }

    static Region space() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }

    /** Numbered lines; one alone has no number. */
    static List<HBox> steps(List<String> lines) {
        List<HBox> steps = new ArrayList<>();
        for (String each : lines) {
            steps.add(line(lines.size() == 1 ? "" : steps.size() + 1 + ".", each));
        }
        return steps;
    }

    /** A line behind a number or a dot, which its further lines stay clear of. */
    static HBox line(String mark, String words) {
        Label line = text(null);
        line.setText(words);
        Label before = new Label(mark);
        before.getStyleClass().add("muted");
        before.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = mark.isEmpty() ? new HBox(line) : new HBox(before, line);
        row.getStyleClass().add("phones-step");
        return row;
    }

    static String capital(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
