package io.pocketllm.app.train;

import io.pocketllm.app.chart.ChartPane;
import io.pocketllm.app.chart.LossChart;
import io.pocketllm.app.chart.MemoryChart;
import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.chart.RunChart;
import io.pocketllm.app.chart.StepChart;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.text.Font;
import org.controlsfx.control.SegmentedButton;

/**
 * The two charts under one another, with their horizontal axes in line and one pointer over both.
 */
public final class ChartsView extends VBox {

    private static final double NARROW = 650;
    private static final double LEGEND_WIDTH = 18;

    private final TrainViewModel train;
    private final ChartsViewModel charts;
    private final LossChart loss = new LossChart();
    private final ChartPane lossPane;
    private final Map<LowerChart, RunChart> lower =
            new EnumMap<>(
                    Map.of(
                            LowerChart.MEMORY, new MemoryChart(),
                            LowerChart.SLOPE, StepChart.slope(),
                            LowerChart.STEP_TIME, StepChart.stepTime()));
    private final Map<LowerChart, ChartPane> lowerPanes = new EnumMap<>(LowerChart.class);

    /**
     * @param palette colours to draw in; the charts follow when it changes
     * @param savePicture saves both charts as a picture
     * @param copyPicture puts them on the clipboard
     * @param saveTable saves all series as a table
     */
    public ChartsView(
            TrainViewModel train,
            ChartsViewModel charts,
            ObservableValue<Palette> palette,
            Runnable savePicture,
            Runnable copyPicture,
            Runnable saveTable) {
        this.train = train;
        this.charts = charts;
        getStyleClass().add("charts");
        ChartPane.Listener listener = listener();
        List<ChartPane.Entry> menu =
                List.of(
                        new ChartPane.Entry("Show all and follow", listener::follow),
                        new ChartPane.Entry("Back to the last view", charts::back),
                        new ChartPane.Entry("Save picture…", savePicture),
                        new ChartPane.Entry("Copy picture", copyPicture),
                        new ChartPane.Entry("Save table (CSV)…", saveTable));
        lossPane = new ChartPane(loss, listener, menu);
        lossPane.setId("loss-chart");
        Node lossCard =
                card(
                        "Loss and accuracy",
                        lossPane,
                        legend("training", "legend-loss", false),
                        legend("each step, ±ε", "legend-raw", false),
                        legend("held-out", "legend-held-out", true),
                        legend("accuracy", "legend-accuracy", true, 4.0, 3.0));
        Node lowerCard = lowerCard(listener, menu);
        VBox.setVgrow(lossCard, Priority.ALWAYS);
        ((Region) lossCard).setPrefHeight(380);
        ((Region) lowerCard).setPrefHeight(235);
        ((Region) lowerCard).setMinHeight(175);
        VBox.setVgrow(lowerCard, Priority.SOMETIMES);
        getChildren().setAll(new ChartToolbar(train, charts), lossCard, lowerCard);

        palette.addListener((p, before, now) -> use(now));
        use(palette.getValue());
        train.revisionProperty().addListener(o -> redraw());
        charts.axisProperty().addListener(o -> redraw());
        charts.windowProperty().addListener(o -> redraw());
        charts.logarithmicProperty().addListener(o -> redraw());
        charts.logarithmicXProperty().addListener(o -> redraw());
        charts.lowerProperty().addListener(o -> showLower());
        // A change listener, so that it comes after the one that smooths the lines anew.
        charts.smoothingProperty().addListener((p, before, now) -> redraw());
        charts.hoverProperty().addListener(o -> showHover());
        showLower();
    }

    private Node lowerCard(ChartPane.Listener listener, List<ChartPane.Entry> menu) {
        StackPane place = new StackPane();
        SegmentedButton buttons = new SegmentedButton();
        for (LowerChart kind : LowerChart.values()) {
            ChartPane pane = new ChartPane(lower.get(kind), listener, menu);
            pane.setId(kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-chart");
            lowerPanes.put(kind, pane);
            place.getChildren().add(pane);
            ToggleButton button = new ToggleButton(kind.text());
            button.setId("lower-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setSelected(kind == charts.lowerProperty().get());
            button.setOnAction(
                    e -> {
                        // A second press would take the mark away.
                        button.setSelected(true);
                        charts.lowerProperty().set(kind);
                    });
            charts.lowerProperty().addListener((p, before, now) -> button.setSelected(now == kind));
            buttons.getButtons().add(button);
        }
        Label unit = new Label();
        unit.getStyleClass().add("muted");
        unit.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> charts.lowerProperty().get().unit(), charts.lowerProperty()));
        HBox head = new HBox(buttons, unit);
        head.getStyleClass().add("chart-head");
        head.setAlignment(Pos.CENTER_LEFT);
        VBox card = new VBox(head, place);
        VBox.setVgrow(place, Priority.ALWAYS);
        card.getStyleClass().addAll("card", "chart-card");
        return card;
    }

    private void showLower() {
        lowerPanes.forEach((kind, pane) -> pane.setVisible(kind == charts.lowerProperty().get()));
        redraw();
    }

    private ChartPane.Listener listener() {
        return new ChartPane.Listener() {
            @Override
            public void zoomed(XWindow window) {
                charts.zoom(window);
            }

            @Override
            public void moved(XWindow window) {
                charts.move(window);
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
        lower.values().forEach(chart -> chart.use(palette));
    }

    /** The hidden ones of the lower charts are drawn when they are shown. */
    private void redraw() {
        LowerChart shown = charts.lowerProperty().get();
        loss.update(train.series(), charts.state());
        lower.get(shown).update(train.series(), charts.state());
        XWindow extent = train.series().extent(charts.axisProperty().get());
        boolean noStep = train.series().loss().isEmpty();
        boolean noLoss = noStep && train.series().heldOutLoss().isEmpty();
        boolean nothing = shown == LowerChart.MEMORY ? train.series().memory().isEmpty() : noStep;
        lossPane.refresh(extent, noLoss ? StatusText.emptyLoss(train) : null);
        lowerPanes.get(shown).refresh(extent, nothing ? StatusText.emptyLower(train, shown) : null);
        showHover();
    }

    private void showHover() {
        double x = charts.hoverProperty().get();
        // Whole steps: between two of them nothing was measured.
        double at = charts.axisProperty().get() == XAxis.STEP ? Math.rint(x) : x;
        lossPane.hover(at, charts.lossAt(at));
        lowerPanes.get(charts.lowerProperty().get()).hover(at, charts.lowerAt(at));
    }

    /** How much larger than usual the text is. */
    private static double scale(Label label) {
        return label.getFont().getSize() / Font.getDefault().getSize();
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
                .bind(
                        Bindings.createBooleanBinding(
                                () -> head.getWidth() > NARROW * scale(heading),
                                head.widthProperty(),
                                heading.fontProperty()));
        VBox card = new VBox(head, content);
        VBox.setVgrow(content, Priority.ALWAYS);
        card.getStyleClass().addAll("card", "chart-card");
        return card;
    }

    /** A piece of the line as it is drawn: colour is never alone. */
    private static Node legend(String name, String colourClass, boolean dots, Double... dashes) {
        Line line = new Line(0, 0, LEGEND_WIDTH, 0);
        line.getStyleClass().addAll("legend-line", colourClass);
        line.getStrokeDashArray().setAll(dashes);
        Group swatch = new Group(line);
        if (dots) {
            Circle dot = new Circle(LEGEND_WIDTH / 2, 0, 3);
            dot.getStyleClass().addAll("legend-dot", colourClass);
            swatch.getChildren().add(dot);
        }
        Label label = new Label(name, swatch);
        label.getStyleClass().addAll("legend", "muted");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
