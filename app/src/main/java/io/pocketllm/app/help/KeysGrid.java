package io.pocketllm.app.help;

import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/** Keys and what each does, a line each. */
public final class KeysGrid extends GridPane {

    private static final List<HelpWishes.KeyLine> MOUSE =
            List.of(
                    new HelpWishes.KeyLine(
                            "Drag", "On a chart: zoom to a part. Shift and drag moves it."),
                    new HelpWishes.KeyLine("Wheel", "On a chart: zoom around the pointer."),
                    new HelpWishes.KeyLine("Double click", "On a chart: show all and follow."));

    /**
     * All of them, then what the mouse does on a chart.
     *
     * @param columns lists side by side; one alone is higher than a small window
     */
    public KeysGrid(List<HelpWishes.KeyLine> lines, int columns) {
        getStyleClass().add("keys-grid");
        List<HelpWishes.KeyLine> shown =
                Stream.concat(lines.stream().filter(l -> !l.key().isEmpty()), MOUSE.stream())
                        .toList();
        int rows = Math.ceilDiv(shown.size(), columns);
        for (int i = 0; i < shown.size(); i++) {
            Label key = new Label(shown.get(i).key());
            key.getStyleClass().add("key");
            key.setMinWidth(USE_PREF_SIZE);
            Label what = new Label(shown.get(i).what());
            what.setWrapText(true);
            what.setMinHeight(USE_PREF_SIZE);
            int column = i / rows;
            add(key, 2 * column, i % rows);
            add(what, 2 * column + 1, i % rows);
        }
    }
}
