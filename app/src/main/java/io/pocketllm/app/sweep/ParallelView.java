package io.pocketllm.app.sweep;

import io.pocketllm.app.chart.Palette;
import javafx.beans.value.ObservableValue;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * Parallel coordinates on the screen. Drag along an axis for a range, click it to take the range
 * away; with the keyboard, left and right choose an axis, up and down move its range, with Shift
 * they make it larger or smaller, Delete takes it away and Escape all of them.
 */
final class ParallelView extends Region {

    private static final double REACH = 8;
    private static final double DRAGGED = 3;

    private final ParallelViewModel model;
    private final ObservableValue<Palette> palette;
    private final Canvas canvas = new Canvas();
    private int dragged = -1;
    private double pressedY;

    ParallelView(ParallelViewModel model, ObservableValue<Palette> palette) {
        this.model = model;
        this.palette = palette;
        setId("sweep-parallel");
        getStyleClass().add("sweep-parallel");
        setFocusTraversable(true);
        setMinSize(0, 0);
        getChildren().setAll(canvas);
        model.revisionProperty().addListener(o -> requestLayout());
        model.hoveredProperty().addListener(o -> requestLayout());
        palette.addListener(o -> requestLayout());
        focusedProperty().addListener(o -> requestLayout());
        setOnMouseMoved(this::point);
        setOnMouseExited(e -> model.hoveredProperty().set(null));
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(this::release);
        setOnKeyPressed(this::key);
    }

    /** Where things lie now. */
    ParallelPlaces places() {
        return new ParallelPlaces(
                getWidth(),
                getHeight(),
                model.coordinates().axes().size(),
                palette.getValue().textSize());
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        setAccessibleText(model.accessibleText());
        new ParallelDrawing(model, palette.getValue(), places(), canvas.getGraphicsContext2D())
                .draw(isFocused());
    }

    @Override
    protected double computePrefHeight(double width) {
        return 180;
    }

    private void point(MouseEvent e) {
        ParallelPlaces places = places();
        setCursor(places.axisAt(e.getX()) < 0 ? Cursor.DEFAULT : Cursor.V_RESIZE);
        model.pointAt(
                places.share(e.getX()), places.at(e.getY()), places.aspect(), places.part(REACH));
    }

    private void press(MouseEvent e) {
        requestFocus();
        dragged = places().axisAt(e.getX());
        pressedY = e.getY();
        if (dragged >= 0) {
            model.moveFocus(dragged - model.focusedAxisProperty().get());
        }
    }

    private void drag(MouseEvent e) {
        if (dragged >= 0 && Math.abs(e.getY() - pressedY) > DRAGGED) {
            // While a range is drawn, what it keeps is told, and not the run beneath.
            model.hoveredProperty().set(null);
            model.brush(dragged, snapped(pressedY), snapped(e.getY()));
        }
    }

    /** Who drags to the end of an axis wants the value there too. */
    private double snapped(double y) {
        ParallelPlaces places = places();
        double at = places.at(y);
        double near = places.part(REACH);
        return at > 1 - near ? 1 : at < near ? 0 : at;
    }

    private void release(MouseEvent e) {
        if (dragged >= 0 && Math.abs(e.getY() - pressedY) <= DRAGGED) {
            model.clear(dragged);
        }
        dragged = -1;
    }

    private void key(KeyEvent e) {
        double step = ParallelViewModel.KEY_STEP;
        switch (e.getCode()) {
            case LEFT -> model.moveFocus(-1);
            case RIGHT -> model.moveFocus(1);
            case UP -> up(e, step);
            case DOWN -> up(e, -step);
            case DELETE, BACK_SPACE -> model.clear(model.focusedAxisProperty().get());
            case ESCAPE -> model.clearAll();
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void up(KeyEvent e, double by) {
        if (e.isShiftDown()) {
            model.growBrush(-by);
        } else {
            model.moveBrush(by);
        }
    }
}
