package io.pocketllm.app.sweep;

import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.sweep.ParallelCoordinates.Line;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;

/**
 * Draws parallel coordinates. Colours go from orange (the worst) to blue (the best), which people
 * who see red and green alike tell apart; what has not finished is grey and dashed, and ends before
 * the goal.
 */
final class ParallelDrawing {

    private static final double FADED = 0.13;
    private static final double PLAIN = 0.8;
    private static final double CROWDED = 0.4;
    private static final int CROWD = 150;
    private static final double THIN = 1.4;
    private static final double BEST = 3.2;
    private static final double POINTED = 2.6;
    private static final double HANDLE = 5;

    private final ParallelViewModel model;
    private final Palette palette;
    private final ParallelPlaces places;
    private final GraphicsContext g;

    ParallelDrawing(
            ParallelViewModel model, Palette palette, ParallelPlaces places, GraphicsContext g) {
        this.model = model;
        this.palette = palette;
        this.places = places;
        this.g = g;
    }

    /** Everything. */
    void draw(boolean focused) {
        g.clearRect(0, 0, places.width(), places.height());
        List<Line> lines = model.coordinates().lines();
        double opacity = lines.size() > CROWD ? CROWDED : PLAIN;
        lines.stream()
                .sorted(Comparator.comparingInt(this::order))
                .forEach(line -> draw(line, model.keeps(line) ? opacity : FADED, THIN));
        lines.stream()
                .filter(line -> line.best() && model.keeps(line))
                .forEach(line -> draw(line, 1, BEST));
        Line pointed = model.hoveredProperty().get();
        for (int axis = 0; axis < model.coordinates().axes().size(); axis++) {
            axis(axis, focused && axis == model.focusedAxisProperty().get());
        }
        if (pointed != null) {
            draw(pointed, 1, POINTED);
            dots(pointed);
        }
    }

    /** Faded ones first, then what has not finished, then from the worst to the best. */
    private int order(Line line) {
        return !model.keeps(line)
                ? 0
                : line.finished() ? 2 + (int) Math.round(1000 * line.goodness()) : 1;
    }

    private void draw(Line line, double opacity, double width) {
        g.setLineWidth(width);
        boolean faded = opacity == FADED;
        Color colour = line.finished() && !faded ? colour(line.goodness()) : fx(palette.mutedInk());
        g.setStroke(colour.deriveColor(0, 1, 1, opacity));
        g.setLineDashes(line.finished() ? null : new double[] {5, 4});
        g.beginPath();
        for (int axis = 0; axis < line.at().size(); axis++) {
            double x = places.x(axis);
            double y = places.y(line.at().get(axis));
            if (axis == 0) {
                g.moveTo(x, y);
            } else {
                g.lineTo(x, y);
            }
        }
        if (line.at().size() == 1) {
            // One axis before the goal: a run that has no goal is a stroke on it.
            g.lineTo(places.x(0) + HANDLE, places.y(line.at().getFirst()));
        }
        g.stroke();
        g.setLineDashes((double[]) null);
    }

    private void dots(Line line) {
        g.setFill(line.finished() ? colour(line.goodness()) : fx(palette.mutedInk()));
        for (int axis = 0; axis < line.at().size(); axis++) {
            g.fillOval(places.x(axis) - 4, places.y(line.at().get(axis)) - 4, 8, 8);
        }
    }

    private Color colour(double goodness) {
        return fx(palette.heldOutLoss()).interpolate(fx(palette.loss()), goodness);
    }

    private void axis(int number, boolean focused) {
        Axis axis = model.coordinates().axes().get(number);
        double x = places.x(number);
        model.brushOf(number).ifPresent(brush -> range(x, brush));
        g.setStroke(fx(focused ? palette.loss() : palette.mutedInk()));
        g.setLineWidth(focused ? 2.5 : 1);
        g.strokeLine(x, places.y(0), x, places.y(1));
        boolean last = number == model.coordinates().axes().size() - 1;
        g.setFont(Font.font(null, FontWeight.BOLD, palette.textSize()));
        g.setFill(fx(focused ? palette.loss() : palette.ink()));
        g.setTextBaseline(VPos.BOTTOM);
        g.setTextAlign(
                number == 0
                        ? TextAlignment.LEFT
                        : last ? TextAlignment.RIGHT : TextAlignment.CENTER);
        double named = number == 0 ? places.left() : last ? places.width() - 8 : x;
        g.fillText(axis.name(), named, places.y(1) - 8, places.nameRoom());
        g.setFont(Font.font(palette.textSize()));
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        for (Axis.Tick tick : axis.ticks()) {
            double y = places.y(tick.at());
            double room = places.tickRoom(number);
            double wide = Math.min(room, 0.62 * palette.textSize() * tick.text().length());
            g.setFill(fx(palette.surface()).deriveColor(0, 1, 1, 0.78));
            g.fillRect(x + 5, y - 0.62 * palette.textSize(), wide + 3, 1.24 * palette.textSize());
            g.setStroke(fx(palette.mutedInk()));
            g.setLineWidth(1);
            g.strokeLine(x, y, x + 4, y);
            g.setFill(fx(palette.mutedInk()));
            g.fillText(tick.text(), x + 7, y, room);
        }
    }

    private void range(double x, Brushes.Brush brush) {
        double top = places.y(brush.to());
        double bottom = places.y(brush.from());
        g.setFill(fx(palette.loss()).deriveColor(0, 1, 1, 0.22));
        g.fillRoundRect(x - HANDLE, top, 2 * HANDLE, bottom - top, 4, 4);
        g.setStroke(fx(palette.loss()));
        g.setLineWidth(1.5);
        g.strokeRoundRect(x - HANDLE, top, 2 * HANDLE, bottom - top, 4, 4);
    }

    private static Color fx(java.awt.Color colour) {
        return Color.rgb(colour.getRed(), colour.getGreen(), colour.getBlue());
    }
}
