package io.pocketllm.app.phones;

import io.pocketllm.app.chart.ChartPane;
import io.pocketllm.app.chart.LineStyle;
import io.pocketllm.app.chart.OverlayChart;
import io.pocketllm.app.chart.OverlayLine;
import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.chart.Quantity;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;

/** A phone's run and its simulation over each other, and what follows from it beside. */
public final class BesideCard extends VBox {

    private static final double CHART_HEIGHT = 220;

    /** Of the head; it takes whatever width there is. */
    private static final double WRAP = 600;

    private final BesideViewModel beside;
    private final OverlayChart chart = new OverlayChart();
    private final ChartPane pane;
    private final Label title = new Label();
    private final Label simulated = new Label("— simulated");
    private final Label real = new Label("- - this phone");

    /**
     * @param palette the colours of the window's charts
     */
    public BesideCard(BesideViewModel beside, ObservableValue<Palette> palette) {
        this.beside = beside;
        setId("beside-card");
        getStyleClass().addAll("card", "chart-card");
        pane =
                new ChartPane(
                        chart,
                        new Listening(),
                        List.of(new ChartPane.Entry("Show all", () -> zoom(null))));
        pane.setId("beside-chart");
        pane.setPrefHeight(CHART_HEIGHT);
        pane.setMinHeight(CHART_HEIGHT);
        HBox.setHgrow(pane, Priority.ALWAYS);
        HBox body = new HBox(pane, new BesidePane(beside));
        body.getStyleClass().add("chart-head");
        getChildren().setAll(head(), body);
        beside.revisionProperty().addListener(o -> show());
        beside.quantityProperty().addListener(o -> show());
        beside.windowProperty().addListener(o -> show());
        palette.addListener((p, before, now) -> use(now));
        use(palette.getValue());
        show();
    }

    /** What can be drawn goes below where there is no room beside. */
    private FlowPane head() {
        title.setId("beside-title");
        title.getStyleClass().add("card-title");
        title.setMinWidth(USE_PREF_SIZE);
        HBox legend = new HBox(8, simulated, real);
        legend.getStyleClass().add("small");
        simulated.setMinWidth(USE_PREF_SIZE);
        real.setMinWidth(USE_PREF_SIZE);
        legend.setAlignment(Pos.CENTER_LEFT);
        HBox words = new HBox(title, legend);
        words.getStyleClass().add("chart-head");
        words.setAlignment(Pos.CENTER_LEFT);
        FlowPane head = new FlowPane(12, 4, words, quantities());
        head.setPrefWrapLength(WRAP);
        return head;
    }

    private SegmentedButton quantities() {
        SegmentedButton buttons = new SegmentedButton();
        Consumer<Quantity> mark =
                now -> buttons.getButtons().forEach(b -> b.setSelected(b.getUserData() == now));
        for (Quantity each : BesideViewModel.QUANTITIES) {
            ToggleButton button = new ToggleButton(each.text());
            button.setId("beside-" + each.text().replace(' ', '-'));
            button.setUserData(each);
            button.setMinWidth(USE_PREF_SIZE);
            button.setOnAction(
                    e -> {
                        beside.quantityProperty().set(each);
                        // A second press would take the choice away.
                        mark.accept(each);
                    });
            buttons.getButtons().add(button);
        }
        mark.accept(beside.quantityProperty().get());
        beside.quantityProperty().addListener((p, before, now) -> mark.accept(now));
        return buttons;
    }

    private void use(Palette palette) {
        chart.use(palette);
        colour(simulated, new LineStyle(0), palette);
        colour(real, new LineStyle(1), palette);
    }

    private static void colour(Label label, LineStyle style, Palette palette) {
        label.setStyle("-fx-text-fill: " + style.web(palette) + ";");
    }

    private void show() {
        List<OverlayLine> lines = beside.lines();
        Quantity quantity = beside.quantityProperty().get();
        BesideWords words = beside.words();
        title.setText(words.title());
        chart.update(lines, beside.view());
        boolean nothing = lines.stream().allMatch(line -> line.isEmpty(quantity));
        simulated.setVisible(lines.stream().anyMatch(line -> line.name().equals("simulated")));
        real.setVisible(!lines.isEmpty());
        pane.refresh(
                OverlayChart.extent(lines, XAxis.STEP),
                lines.isEmpty() ? words.empty() : nothing ? "Nothing of this is known yet." : null);
    }

    private void zoom(XWindow window) {
        beside.windowProperty().set(window);
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
            pane.hover(x, Double.isFinite(x) ? beside.readOut(x) : null);
        }
    }
}
