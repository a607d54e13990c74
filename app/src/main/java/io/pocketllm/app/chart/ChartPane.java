package io.pocketllm.app.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import org.jfree.chart.ChartPanel;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.event.OverlayChangeListener;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.fx.overlay.OverlayFX;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/**
 * A chart in the window: drag to zoom, wheel to zoom around the pointer, Shift and drag to move,
 * double click to follow again.
 *
 * <p>Hover line, zoom rectangle and read-out are nodes above the canvas, so moving the mouse never
 * redraws the chart.
 */
public final class ChartPane extends Region {

    /** What a person does with the chart. Positions are in the unit of its horizontal axis. */
    public interface Listener {
        /** Zoomed or moved to a window. */
        void zoomed(XWindow window);

        /** The same bit by bit, by the wheel or by moving: one of many small changes. */
        default void moved(XWindow window) {
            zoomed(window);
        }

        /** Wants to see everything and follow the run. */
        void follow();

        /** Points at {@code x}; NaN where the pointer has left. */
        void hovered(double x);
    }

    /**
     * An entry of the context menu.
     *
     * @param text what it says
     * @param action what it does
     */
    public record Entry(String text, Runnable action) {}

    private final DrawnChart runChart;
    private final ChartCanvas canvas;
    private final Line hoverLine = new Line();
    private final Rectangle zoomBox = new Rectangle();
    private final Label readOut = new Label();
    private final Label emptyText = new Label();
    private final Listener listener;
    private XWindow limits = new XWindow(0, 10);
    private double pressedAt = Double.NaN;
    private double panFrom = Double.NaN;
    private double hoverX = Double.NaN;

    /**
     * @param menu the whole context menu
     */
    public ChartPane(DrawnChart runChart, Listener listener, List<Entry> menu) {
        this.runChart = runChart;
        this.listener = listener;
        canvas = new ChartCanvas(runChart.chart());
        canvas.setTooltipEnabled(false);
        // The library's own handlers zoom both axes without end; this pane has its own, clamped.
        canvas.setMouseTransparent(true);
        canvas.addOverlay(new StateReset());
        getStyleClass().add("chart-pane");
        hoverLine.getStyleClass().add("chart-hover-line");
        zoomBox.getStyleClass().add("chart-zoom-box");
        readOut.getStyleClass().add("chart-read-out");
        emptyText.getStyleClass().add("chart-empty");
        emptyText.setWrapText(true);
        for (var node : List.of(hoverLine, zoomBox, readOut)) {
            node.setManaged(false);
            node.setVisible(false);
            node.setMouseTransparent(true);
        }
        emptyText.setMouseTransparent(true);
        getChildren().setAll(canvas, emptyText, hoverLine, zoomBox, readOut);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(false);
        setMinSize(200, 90);
        listenToMouse(menu);
    }

    /**
     * The canvas forgets font and colour with every redraw, while the drawing library takes one
     * that equals its last one for set already: after an empty chart the next background was black.
     * Ending each redraw with others makes the next one set its own.
     */
    private static final class StateReset implements OverlayFX {
        private static final Color NOWHERE_ELSE = new Color(1, 2, 3, 4);

        private static final Font OTHER = ChartParts.TICK_FONT.deriveFont(1f);

        @Override
        public void paintOverlay(Graphics2D g, ChartCanvas onCanvas) {
            g.setFont(OTHER);
            g.setPaint(NOWHERE_ELSE);
        }

        @Override
        public void paintOverlay(Graphics2D g, ChartPanel inSwing) {
            // There is no Swing here.
        }

        @Override
        public void addChangeListener(OverlayChangeListener listener) {
            // It never changes.
        }

        @Override
        public void removeChangeListener(OverlayChangeListener listener) {
            // It never changes.
        }
    }

    private void listenToMouse(List<Entry> entries) {
        ContextMenu menu = new ContextMenu();
        for (Entry entry : entries) {
            MenuItem item = new MenuItem(entry.text());
            item.setOnAction(e -> entry.action().run());
            menu.getItems().add(item);
        }
        setOnContextMenuRequested(e -> menu.show(this, e.getScreenX(), e.getScreenY()));
        setOnMouseMoved(e -> listener.hovered(valueAt(e.getX())));
        setOnMouseExited(e -> listener.hovered(Double.NaN));
        setOnMousePressed(
                e -> {
                    menu.hide();
                    pressed(e);
                });
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(this::released);
        setOnMouseClicked(
                e -> {
                    if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
                        listener.follow();
                    }
                });
        setOnScroll(this::scrolled);
    }

    /**
     * To be called after the chart was updated.
     *
     * @param extent all there is; zooming never leaves it
     * @param emptyMessage what to say where there is nothing to draw yet; null where there is
     */
    public void refresh(XWindow extent, String emptyMessage) {
        limits = extent;
        emptyText.setVisible(emptyMessage != null);
        emptyText.setText(emptyMessage == null ? "" : emptyMessage);
        setAccessibleText(runChart.summary());
        placeHover();
    }

    /**
     * Shows the hover line at {@code x} with its read-out; NaN hides both, null text the read-out
     * alone.
     */
    public void hover(double x, String text) {
        hoverX = x;
        readOut.setText(text == null ? "" : text);
        placeHover();
    }

    private void placeHover() {
        Rectangle2D area = dataArea();
        boolean shown =
                Double.isFinite(hoverX)
                        && area.getWidth() > 0
                        && axis().getRange().contains(hoverX);
        hoverLine.setVisible(shown);
        readOut.setVisible(shown && !readOut.getText().isEmpty());
        if (!shown) {
            return;
        }
        double x = Math.round(axis().valueToJava2D(hoverX, area, RectangleEdge.BOTTOM)) + 0.5;
        hoverLine.setStartX(x);
        hoverLine.setEndX(x);
        hoverLine.setStartY(area.getMinY());
        hoverLine.setEndY(area.getMaxY());
        readOut.autosize();
        double width = readOut.getWidth();
        boolean right = x + 10 + width < area.getMaxX();
        readOut.relocate(
                Math.round(right ? x + 10 : x - 10 - width), Math.round(area.getMinY() + 6));
    }

    private void pressed(MouseEvent e) {
        if (e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        if (e.isShiftDown()) {
            panFrom = valueAt(e.getX());
        } else {
            pressedAt = e.getX();
        }
    }

    private void dragged(MouseEvent e) {
        if (Double.isFinite(panFrom)) {
            XWindow now = shownWindow();
            listener.moved(now.pan(panFrom - valueAt(e.getX()), limits));
        } else if (Double.isFinite(pressedAt)) {
            Rectangle2D area = dataArea();
            double a = Math.clamp(pressedAt, area.getMinX(), area.getMaxX());
            double b = Math.clamp(e.getX(), area.getMinX(), area.getMaxX());
            zoomBox.setX(Math.min(a, b));
            zoomBox.setWidth(Math.abs(a - b));
            zoomBox.setY(area.getMinY());
            zoomBox.setHeight(area.getHeight());
            zoomBox.setVisible(true);
        }
    }

    private void released(MouseEvent e) {
        boolean wideEnough = zoomBox.isVisible() && zoomBox.getWidth() > 8;
        double from = zoomBox.getX();
        double to = from + zoomBox.getWidth();
        zoomBox.setVisible(false);
        pressedAt = Double.NaN;
        panFrom = Double.NaN;
        if (wideEnough) {
            listener.zoomed(new XWindow(valueAt(from), valueAt(to)).within(limits));
        }
    }

    private void scrolled(ScrollEvent e) {
        double around = valueAt(e.getX());
        if (!Double.isFinite(around) || e.getDeltaY() == 0) {
            return;
        }
        XWindow next = shownWindow().zoom(around, e.getDeltaY() > 0 ? 0.8 : 1.25, limits);
        if (next.width() >= limits.width()) {
            listener.follow();
        } else {
            listener.moved(next);
        }
        e.consume();
    }

    private XWindow shownWindow() {
        return new XWindow(axis().getLowerBound(), axis().getUpperBound());
    }

    private double valueAt(double x) {
        Rectangle2D area = dataArea();
        if (area.getWidth() <= 0 || x < area.getMinX() - 1 || x > area.getMaxX() + 1) {
            return Double.NaN;
        }
        return axis().java2DToValue(x, area, RectangleEdge.BOTTOM);
    }

    private ValueAxis axis() {
        return ((XYPlot) runChart.chart().getPlot()).getDomainAxis();
    }

    private Rectangle2D dataArea() {
        ChartRenderingInfo info = canvas.getRenderingInfo();
        return info == null ? new Rectangle2D.Double() : info.getPlotInfo().getDataArea();
    }

    @Override
    protected void layoutChildren() {
        // A row that is only partly covered shows as a pale line on screens of 125 or 150 %.
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        double width = Math.min(emptyText.prefWidth(-1), getWidth() - 80);
        double height = emptyText.prefHeight(width);
        emptyText.resizeRelocate(
                Math.round((getWidth() - width) / 2),
                Math.round((getHeight() - height) / 2),
                width,
                height);
        placeHover();
    }
}
