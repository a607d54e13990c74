package io.pocketllm.app.train;

import io.pocketllm.app.chart.ChartPane;
import io.pocketllm.app.chart.LossChart;
import io.pocketllm.app.chart.MemoryChart;
import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The two charts under one another, with their horizontal axes in line and one pointer over both.
 */
public final class ChartsView extends VBox {

    private static final double NARROW = 560;

    private final TrainViewModel train;
    private final ChartsViewModel charts;
    private final LossChart loss = new LossChart();
    private final MemoryChart memory = new MemoryChart();
    private final ChartPane lossPane;
    private final ChartPane memoryPane;

    /**
     * @param palette colours to draw in; the charts follow when it changes
     * @param savePicture saves both charts as a picture
     * @param saveTable saves all series as a table
     */
    public ChartsView(
            TrainViewModel train,
            ChartsViewModel charts,
            ObservableValue<Palette> palette,
            Runnable savePicture,
            Runnable saveTable) {
        this.train = train;
        this.charts = charts;
        getStyleClass().add("charts");
        ChartPane.Listener listener = listener();
        List<ChartPane.Entry> menu =
                List.of(
                        new ChartPane.Entry("Show all and follow", listener::follow),
                        new ChartPane.Entry("Save picture…", savePicture),
                        new ChartPane.Entry("Save table (CSV)…", saveTable));
        lossPane = new ChartPane(loss, listener, menu);
        memoryPane = new ChartPane(memory, listener, menu);
        lossPane.setId("loss-chart");
        memoryPane.setId("memory-chart");
        Node lossCard =
                card(
                        "Loss and accuracy",
                        lossPane,
                        legend("training loss", "legend-loss"),
                        legend("held-out loss", "legend-held-out"),
                        legend("held-out accuracy", "legend-accuracy"));
        Label unit = new Label("resident set of its process, MB");
        unit.getStyleClass().add("muted");
        Node memoryCard = card("Memory of the run", memoryPane, unit);
        VBox.setVgrow(lossCard, Priority.ALWAYS);
        ((Region) lossCard).setPrefHeight(380);
        ((Region) memoryCard).setPrefHeight(235);
        ((Region) memoryCard).setMinHeight(175);
        VBox.setVgrow(memoryCard, Priority.SOMETIMES);
        getChildren().setAll(new ChartToolbar(train, charts), lossCard, memoryCard);

        palette.addListener((p, before, now) -> use(now));
        use(palette.getValue());
        train.revisionProperty().addListener(o -> redraw());
        charts.axisProperty().addListener(o -> redraw());
        charts.windowProperty().addListener(o -> redraw());
        charts.logarithmicProperty().addListener(o -> redraw());
        charts.smoothingProperty().addListener(o -> redraw());
        charts.hoverProperty().addListener(o -> showHover());
        redraw();
    }

    private ChartPane.Listener listener() {
        return new ChartPane.Listener() {
            @Override
            public void zoomed(XWindow window) {
                charts.zoom(window);
            }

            @Override
            public void follow() {
                charts.followProperty().set(true);
            }

            @Override
            public void hovered(double x) {
                charts.hoverProperty().set(x);
            }
        };
    }

    private void use(Palette palette) {
        loss.use(palette);
        memory.use(palette);
    }

    private void redraw() {
        loss.update(train.series(), charts.state());
        memory.update(train.series(), charts.state());
        XWindow extent = train.series().extent(charts.axisProperty().get());
        boolean noLoss = train.series().loss().isEmpty() && train.series().heldOutLoss().isEmpty();
        lossPane.refresh(extent, noLoss ? StatusText.emptyLoss(train) : null);
        memoryPane.refresh(
                extent, train.series().memory().isEmpty() ? StatusText.emptyMemory(train) : null);
        showHover();
    }

    private void showHover() {
        double x = charts.hoverProperty().get();
        // Whole steps: between two of them nothing was measured.
        double at = charts.axisProperty().get() == XAxis.STEP ? Math.rint(x) : x;
        lossPane.hover(at, charts.lossAt(at));
        memoryPane.hover(at, charts.memoryAt(at));
    }

    private static Node card(String title, Node content, Node... beside) {
        Label heading = new Label(title);
        heading.getStyleClass().add("card-title");
        HBox head = new HBox(heading);
        head.getChildren().addAll(beside);
        head.getStyleClass().add("chart-head");
        head.setAlignment(Pos.CENTER_LEFT);
        // In a narrow window the names of the lines matter more than the title over them.
        heading.managedProperty().bind(heading.visibleProperty());
        heading.visibleProperty()
                .bind(head.widthProperty().greaterThan(beside.length > 1 ? NARROW : 0));
        VBox card = new VBox(head, content);
        VBox.setVgrow(content, Priority.ALWAYS);
        card.getStyleClass().addAll("card", "chart-card");
        return card;
    }

    private static Node legend(String name, String colourClass) {
        Region swatch = new Region();
        swatch.getStyleClass().addAll("legend-swatch", colourClass);
        Label label = new Label(name, swatch);
        label.getStyleClass().addAll("legend", "muted");
        return label;
    }
}
