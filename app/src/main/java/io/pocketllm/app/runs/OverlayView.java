package io.pocketllm.app.runs;

import io.pocketllm.app.chart.ChartPane;
import io.pocketllm.app.chart.OverlayChart;
import io.pocketllm.app.chart.OverlayLine;
import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.chart.Quantity;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;

/** One quantity of the selected runs over each other. */
final class OverlayView extends VBox {

    /** Of the head; it takes whatever width there is. */
    private static final double WRAP = 500;

    private final RunsViewModel runs;
    private final OverlayViewModel overlay;
    private final OverlayChart chart = new OverlayChart();
    private final ChartPane pane;

    OverlayView(
            RunsViewModel runs,
            RunExports exports,
            ReplayViewModel replay,
            ObservableValue<Palette> palette) {
        this.runs = runs;
        this.overlay = runs.overlay();
        getStyleClass().addAll("card", "chart-card");
        pane =
                new ChartPane(
                        chart,
                        new Listening(),
                        List.of(
                                new ChartPane.Entry("Show all", () -> zoom(null)),
                                new ChartPane.Entry("Copy the chart", exports::copyPicture),
                                new ChartPane.Entry("Save as PNG…", exports::savePng),
                                new ChartPane.Entry("Save as SVG…", exports::saveSvg)));
        pane.setId("overlay-chart");
        VBox.setVgrow(pane, Priority.ALWAYS);
        HBox axis =
                new HBox(
                        differences(),
                        choice(
                                "runs-axis",
                                Arrays.asList(XAxis.STEP, XAxis.ELAPSED),
                                XAxis::displayName,
                                overlay.axisProperty()));
        axis.getStyleClass().add("controls");
        axis.setAlignment(Pos.CENTER_LEFT);
        // The second goes below the first where a window is narrow.
        FlowPane head =
                new FlowPane(
                        6,
                        4,
                        choice(
                                "quantity",
                                List.of(Quantity.values()),
                                Quantity::text,
                                overlay.quantityProperty()),
                        axis);
        head.setPrefWrapLength(WRAP);
        getChildren().setAll(head, pane, new ReplayView(replay, runs));
        runs.revisionProperty().addListener(o -> show());
        overlay.quantityProperty().addListener(o -> show());
        overlay.axisProperty().addListener(o -> show());
        overlay.windowProperty().addListener(o -> show());
        overlay.differencesProperty().addListener(o -> show());
        overlay.cursorProperty().addListener(o -> placeCursor());
        palette.addListener((p, before, now) -> chart.use(now));
        chart.use(palette.getValue());
        show();
    }

    private static <T> SegmentedButton choice(
            String id, List<T> values, Function<T, String> text, ObjectProperty<T> chosen) {
        SegmentedButton buttons = new SegmentedButton();
        Consumer<T> mark =
                now ->
                        buttons.getButtons()
                                .forEach(toggle -> toggle.setSelected(toggle.getUserData() == now));
        for (T value : values) {
            ToggleButton button = new ToggleButton(text.apply(value));
            button.setId(id + "-" + text.apply(value).replace(' ', '-'));
            button.setUserData(value);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(
                    e -> {
                        chosen.set(value);
                        // A second press would take the choice away.
                        mark.accept(value);
                    });
            buttons.getButtons().add(button);
        }
        mark.accept(chosen.get());
        chosen.addListener((p, before, now) -> mark.accept(now));
        return buttons;
    }

    private ToggleButton differences() {
        ToggleButton chip = new ToggleButton("minus baseline");
        chip.setId("overlay-differences");
        chip.getStyleClass().add("chip");
        chip.setMinWidth(Region.USE_PREF_SIZE);
        chip.selectedProperty().bindBidirectional(overlay.differencesProperty());
        chip.visibleProperty().bind(runs.baseline().rowProperty().isNotNull());
        chip.managedProperty().bind(chip.visibleProperty());
        return chip;
    }

    private void show() {
        List<OverlayLine> lines = overlay.lines();
        XAxis axis = overlay.axisProperty().get();
        Quantity quantity = overlay.quantityProperty().get();
        chart.update(lines, overlay.view());
        boolean nothing = lines.stream().allMatch(l -> l.isEmpty(quantity));
        pane.refresh(
                OverlayChart.extent(lines, axis),
                runs.selected().isEmpty()
                        ? "Select runs above: hold Ctrl or Shift to compare several."
                        : nothing ? "Nothing of this was measured in these runs." : null);
        placeCursor();
    }

    /** Where the replay stands; the values are said beside its slider. */
    private void placeCursor() {
        pane.hover(overlay.cursorProperty().get(), null);
    }

    private void zoom(XWindow window) {
        overlay.windowProperty().set(window);
    }

    private final class Listening implements ChartPane.Listener {
        @Override
        public void zoomed(XWindow window) {
            zoom(window);
        }

        @Override
        public void follow() {
            zoom(null);
        }

        @Override
        public void hovered(double x) {
            if (Double.isFinite(x)) {
                pane.hover(x, overlay.readOut(x));
            } else {
                placeCursor();
            }
        }
    }
}
