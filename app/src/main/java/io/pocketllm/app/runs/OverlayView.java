package io.pocketllm.app.runs;

import io.pocketllm.app.chart.ChartPane;
import io.pocketllm.app.chart.OverlayChart;
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
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;

/** One quantity of the selected runs over each other. */
final class OverlayView extends VBox {

    private final RunsViewModel runs;
    private final OverlayChart chart = new OverlayChart();
    private final ChartPane pane;

    OverlayView(RunsViewModel runs, ObservableValue<Palette> palette) {
        this.runs = runs;
        getStyleClass().addAll("card", "chart-card");
        pane =
                new ChartPane(
                        chart,
                        new Listening(),
                        List.of(new ChartPane.Entry("Show all", () -> zoom(null))));
        pane.setId("overlay-chart");
        VBox.setVgrow(pane, Priority.ALWAYS);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head =
                new HBox(
                        choice(
                                "quantity",
                                List.of(Quantity.values()),
                                Quantity::text,
                                runs.quantityProperty()),
                        space,
                        choice(
                                "runs-axis",
                                Arrays.asList(XAxis.STEP, XAxis.ELAPSED),
                                XAxis::displayName,
                                runs.axisProperty()));
        head.getStyleClass().add("chart-head");
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(head, pane);
        runs.revisionProperty().addListener(o -> show());
        runs.quantityProperty().addListener(o -> show());
        runs.axisProperty().addListener(o -> show());
        runs.windowProperty().addListener(o -> show());
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

    private void show() {
        List<OverlayChart.Line> lines = runs.lines();
        XAxis axis = runs.axisProperty().get();
        Quantity quantity = runs.quantityProperty().get();
        chart.update(lines, quantity, axis, runs.windowProperty().get());
        boolean nothing = lines.stream().allMatch(l -> quantity.of(l.series()).isEmpty());
        pane.refresh(
                OverlayChart.extent(lines, axis),
                runs.selected().isEmpty()
                        ? "Select runs above: hold Ctrl or Shift to compare several."
                        : nothing ? "Nothing of this was measured in these runs." : null);
    }

    private void zoom(XWindow window) {
        runs.windowProperty().set(window);
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
            pane.hover(x, Double.isFinite(x) ? runs.readOut(x) : null);
        }
    }
}
