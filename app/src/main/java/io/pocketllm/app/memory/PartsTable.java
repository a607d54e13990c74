package io.pocketllm.app.memory;

import io.pocketllm.app.text.Units;
import io.pocketllm.plan.MemoryPart;
import io.pocketllm.plan.RunPlan;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/** The parts of a plan with their colours in the bar, and their sum. */
public final class PartsTable extends GridPane {

    private final int across;

    /**
     * @param across how many parts stand side by side
     */
    public PartsTable(int across) {
        this.across = across;
        getStyleClass().add("parts-table");
    }

    /** Shows a plan. */
    public void show(RunPlan plan) {
        getChildren().clear();
        int index = 0;
        for (MemoryPart part : plan.parts()) {
            put(index++, PartsBar.styleClass(part), part.name(), MemoryWords.bytes(part), "");
        }
        put(index, "", "all, at the peak", Units.megabytes(plan.totalBytes()), "parts-sum");
    }

    private void put(int index, String swatchClass, String name, String bytes, String more) {
        int column = 3 * (index % across);
        int row = index / across;
        Region swatch = new Region();
        swatch.getStyleClass().addAll("part-swatch", swatchClass);
        Label words = new Label(name);
        words.getStyleClass().addAll("small", more.isEmpty() ? "muted" : more);
        words.setMinWidth(USE_PREF_SIZE);
        Label number = new Label(bytes);
        number.getStyleClass().addAll("small", "parts-bytes", more);
        number.setMinWidth(USE_PREF_SIZE);
        setHalignment(number, HPos.RIGHT);
        add(swatch, column, row);
        add(words, column + 1, row);
        add(number, column + 2, row);
    }
}
