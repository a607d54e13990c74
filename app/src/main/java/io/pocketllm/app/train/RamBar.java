package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/**
 * A phone's memory as one upright bar: what others keep at the bottom, the run above it, the kill
 * line across.
 */
final class RamBar extends Region {

    private static final double BAR_WIDTH = 28;
    private static final double GAP = 10;

    private final Region frame = part("ram-frame");
    private final Region others = part("ram-others");
    private final Region run = part("ram-run");
    private final Region killLine = part("ram-kill-line");
    private final Label totalText = text("ram-total");
    private final Label killText = text("ram-kill-text");
    private final Label runText = text("ram-run-text");
    private final Label othersText = text("ram-others-text");
    private PhoneMemory memory = new PhoneMemory(1, 0, 0, 1);

    RamBar() {
        getStyleClass().add("ram-bar");
        getChildren()
                .setAll(frame, others, run, killLine, totalText, killText, runText, othersText);
        othersText.setTooltip(
                new Tooltip(
                        "Memory the phone's hardware, system and other apps keep, so that a run cannot have it."));
        killText.setTooltip(
                new Tooltip(
                        "The low-memory killer ends the run where its resident set passes this line."));
        setMinHeight(150);
        setPrefHeight(210);
    }

    void show(PhoneMemory now) {
        if (now == null || now.equals(memory)) {
            return;
        }
        memory = now;
        totalText.setText(Units.nominalGigabytes(now.totalBytes()));
        killText.setText(
                "kill line\n"
                        + Units.megabytes(now.killLineBytes() - now.othersBytes())
                        + " for a run");
        runText.setText(now.runBytes() == 0 ? "" : "this run\n" + Units.megabytes(now.runBytes()));
        othersText.setText("system and apps\n" + Units.gigabytes(now.othersBytes()));
        setAccessibleText(
                runText.getText()
                        + ", "
                        + killText.getText()
                        + ", "
                        + othersText.getText()
                        + " of "
                        + totalText.getText());
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double top = 4;
        double height = getHeight() - 2 * top;
        double left = 14;
        double bottom = top + height;
        frame.resizeRelocate(left, top, BAR_WIDTH, height);
        double othersHeight = Math.round(memory.share(memory.othersBytes()) * (height - 2));
        double runHeight =
                memory.runBytes() == 0
                        ? 0
                        : Math.max(3, Math.round(memory.share(memory.runBytes()) * (height - 2)));
        double killY = Math.round(bottom - 1 - memory.share(memory.killLineBytes()) * (height - 2));
        others.resizeRelocate(left + 1, bottom - 1 - othersHeight, BAR_WIDTH - 2, othersHeight);
        run.resizeRelocate(
                left + 1, bottom - 1 - othersHeight - runHeight, BAR_WIDTH - 2, runHeight);
        run.setVisible(runHeight > 0);
        killLine.resizeRelocate(left - 6, killY, BAR_WIDTH + 12, 2);

        double textLeft = left + BAR_WIDTH + GAP;
        double width = getWidth() - textLeft;
        double othersY = bottom - othersHeight / 2;
        double runY = bottom - othersHeight - runHeight / 2;
        double killAt = killY;
        // The total is only worth a line of its own where the kill line leaves room above.
        boolean totalShown = killY - top > 40;
        totalText.setVisible(totalShown);
        place(totalText, textLeft, width, top + 8);
        double y = place(othersText, textLeft, width, Math.min(othersY, bottom - 16));
        y = place(runText, textLeft, width, Math.min(runY, y - lineHeight(runText)));
        place(
                killText,
                textLeft,
                width,
                Math.clamp(killAt, top + 14, Math.max(top + 14, y - lineHeight(killText))));
    }

    private double lineHeight(Label label) {
        return label.getText().isEmpty() ? 0 : label.prefHeight(-1) / 2 + 2;
    }

    /** Centres a label on {@code y} and gives its upper edge. */
    private double place(Label label, double x, double width, double y) {
        double height = label.prefHeight(width);
        label.resizeRelocate(x, Math.round(y - height / 2), width, height);
        return label.getText().isEmpty() ? y : y - height / 2;
    }

    private static Region part(String styleClass) {
        Region region = new Region();
        region.getStyleClass().add(styleClass);
        return region;
    }

    private static Label text(String styleClass) {
        Label label = new Label();
        label.getStyleClass().addAll("ram-text", styleClass);
        return label;
    }
}
