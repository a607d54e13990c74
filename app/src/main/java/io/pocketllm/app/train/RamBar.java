package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/**
 * A phone's memory as one upright bar: the system at the bottom, what is kept for other apps, the
 * run above them, then what it may still take, and the kill line across.
 */
final class RamBar extends Region {

    private static final double BAR_WIDTH = 28;
    private static final double GAP = 10;
    private static final double LINE = 14;

    private final Region frame = part("ram-frame");
    private final Region system = part("ram-system");
    private final Region others = part("ram-others");
    private final Region run = part("ram-run");
    private final Region killLine = part("ram-kill-line");
    private final Label totalText = text("ram-total");
    private final Label killText = text("ram-kill-text");
    private final Label runText = text("ram-run-text");
    private final Label freeText = text("ram-free-text");
    private final Label othersText = text("ram-others-text");
    private final Label systemText = text("ram-system-text");
    private PhoneMemory memory = new PhoneMemory(1, 0, 0, 0, 1);
    private boolean killed;

    RamBar() {
        getStyleClass().add("ram-bar");
        getChildren()
                .setAll(
                        frame,
                        system,
                        others,
                        run,
                        killLine,
                        totalText,
                        killText,
                        freeText,
                        runText,
                        othersText,
                        systemText);
        systemText.setTooltip(
                new Tooltip("What hardware, system and an idle phone's own programs hold."));
        othersText.setTooltip(
                new Tooltip(
                        "What the low-memory killer keeps for other apps, so that a run cannot have it."));
        killText.setTooltip(
                new Tooltip(
                        "The low-memory killer ends the run where its resident set passes this line."));
        setMinHeight(130);
        setPrefHeight(170);
    }

    /**
     * @param now null changes nothing
     * @param wasKilled whether the run was ended at the line
     */
    void show(PhoneMemory now, boolean wasKilled) {
        if (now == null || now.equals(memory) && wasKilled == killed) {
            return;
        }
        memory = now;
        killed = wasKilled;
        run.getStyleClass().setAll(killed ? "ram-run-killed" : "ram-run");
        runText.getStyleClass()
                .setAll("label", "ram-text", killed ? "ram-kill-text" : "ram-run-text");
        killLine.setMinHeight(killed ? 3 : 2);
        totalText.setText(Units.nominalGigabytes(now.totalBytes()));
        killText.setText("kill line " + Units.megabytes(now.killLineBytes()));
        runText.setText(
                now.runBytes() == 0
                        ? ""
                        : (killed ? "killed at " : "this run ") + Units.megabytes(now.runBytes()));
        freeText.setText(
                now.runBytes() == 0 || killed ? "" : "free " + Units.megabytes(now.freeBytes()));
        othersText.setText(
                now.othersBytes() == 0 ? "" : "other apps " + Units.gigabytes(now.othersBytes()));
        systemText.setText("system " + Units.gigabytes(now.systemBytes()));
        setAccessibleText(
                String.join(
                        ", ",
                        killText.getText(),
                        freeText.getText(),
                        runText.getText(),
                        othersText.getText(),
                        systemText.getText() + " of " + totalText.getText()));
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double top = 4;
        double height = getHeight() - 2 * top;
        double inside = height - 2;
        double left = 10;
        double bottom = top + height;
        frame.resizeRelocate(left, top, BAR_WIDTH, height);
        double systemHeight = Math.round(memory.share(memory.systemBytes()) * inside);
        double othersHeight = Math.round(memory.share(memory.othersBytes()) * inside);
        double runHeight =
                memory.runBytes() == 0
                        ? 0
                        : Math.max(3, Math.round(memory.share(memory.runBytes()) * inside));
        double below = systemHeight + othersHeight;
        double killY =
                Math.round(
                        bottom
                                - 1
                                - memory.share(memory.belowBytes() + memory.killLineBytes())
                                        * inside);
        double x = left + 1;
        double width = BAR_WIDTH - 2;
        system.resizeRelocate(x, bottom - 1 - systemHeight, width, systemHeight);
        others.resizeRelocate(x, bottom - 1 - below, width, othersHeight);
        run.resizeRelocate(x, Math.max(top + 1, bottom - 1 - below - runHeight), width, runHeight);
        run.setVisible(runHeight > 0);
        killLine.resizeRelocate(left - 6, killY, BAR_WIDTH + 12, killed ? 3 : 2);

        double textLeft = left + BAR_WIDTH + GAP;
        double textWidth = getWidth() - textLeft;
        // The total is only worth a line of its own where the kill line leaves room above.
        totalText.setVisible(killY - top > 24);
        place(totalText, textLeft, textWidth, top + 8);
        double y = bottom - 8;
        y = stack(systemText, textLeft, textWidth, bottom - systemHeight / 2, y);
        y = stack(othersText, textLeft, textWidth, bottom - systemHeight - othersHeight / 2, y);
        y = stack(runText, textLeft, textWidth, bottom - below - runHeight / 2, y);
        double killAt = Math.clamp(killY, top + 8, Math.max(top + 8, y));
        double freeAt = (killY + bottom - below - runHeight) / 2;
        freeText.setVisible(y - killAt > 22);
        place(
                freeText,
                textLeft,
                textWidth,
                Math.clamp(freeAt, killAt + 15, Math.max(killAt + 15, y)));
        place(killText, textLeft, textWidth, killAt);
    }

    /** Places a label at {@code wanted} or higher, and gives the lowest middle of the next. */
    private double stack(Label label, double x, double width, double wanted, double lowest) {
        double y = Math.min(wanted, lowest);
        place(label, x, width, y);
        return label.getText().isEmpty() ? lowest : y - LINE;
    }

    private void place(Label label, double x, double width, double y) {
        double height = label.prefHeight(width);
        label.resizeRelocate(x, Math.round(y - height / 2), width, height);
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
