package io.pocketllm.app.memory;

import io.pocketllm.app.text.Units;
import io.pocketllm.plan.MemoryPart;
import io.pocketllm.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/**
 * A plan as one bar: its parts side by side, on a track as long as the budget, which ends at the
 * line above which a run is killed. Where the plan is larger the line stands inside the bar.
 */
public final class PartsBar extends Region {

    private static final double LINE = 2;
    private static final double GAP = 1;
    private static final double LEAST = 2;

    private final Region track = new Region();
    private final Region line = new Region();
    private final List<Region> segments = new ArrayList<>();
    private final Tooltip tooltip = new Tooltip();
    private RunPlan plan = new RunPlan(List.of());
    private long budgetBytes;

    /** An empty bar. */
    public PartsBar() {
        getStyleClass().add("parts-bar");
        track.getStyleClass().add("parts-track");
        line.getStyleClass().add("parts-line");
        setAccessibleRole(AccessibleRole.TEXT);
        Tooltip.install(this, tooltip);
        getChildren().setAll(track, line);
    }

    /**
     * Shows a plan.
     *
     * @param budget what is granted, bytes; 0 for no limit
     */
    public void show(RunPlan shown, long budget) {
        plan = shown;
        budgetBytes = budget;
        segments.clear();
        for (MemoryPart part : shown.parts()) {
            Region segment = new Region();
            segment.getStyleClass().addAll("part", styleClass(part));
            segment.setVisible(part.bytes() > 0);
            segments.add(segment);
        }
        getChildren().setAll(track);
        getChildren().addAll(segments);
        if (budget > 0) {
            getChildren().add(line);
        }
        tooltip.setText(
                MemoryWords.parts(shown, "\n")
                        + (budget > 0 ? "\nbudget " + Units.megabytes(budget) : ""));
        setAccessibleText(
                "Estimated peak "
                        + Units.megabytes(shown.totalBytes())
                        + (budget > 0 ? " of " + Units.megabytes(budget) : "")
                        + ": "
                        + MemoryWords.parts(shown, ", "));
        requestLayout();
    }

    /** The style class that colours a part. */
    static String styleClass(MemoryPart part) {
        return "part-" + part.name().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        track.resizeRelocate(0, 0, width, height);
        double whole = Math.max(1, Math.max(plan.totalBytes(), budgetBytes));
        double at = 0;
        for (int i = 0; i < segments.size(); i++) {
            double from = snapPositionX(width * at / whole);
            at += plan.parts().get(i).bytes();
            double to = snapPositionX(width * at / whole);
            // What is too thin to be seen is in the table, and would hide its neighbour here.
            boolean seen = to - from >= LEAST;
            segments.get(i).setVisible(seen);
            segments.get(i).resizeRelocate(from, 0, Math.max(0, to - from - GAP), height);
        }
        double budgetAt = snapPositionX(width * budgetBytes / whole);
        line.resizeRelocate(Math.min(budgetAt, width - LINE), -LINE, LINE, height + 2 * LINE);
    }

    @Override
    protected double computePrefHeight(double width) {
        return 10;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 10;
    }

    @Override
    protected double computeMaxHeight(double width) {
        return 10;
    }
}
