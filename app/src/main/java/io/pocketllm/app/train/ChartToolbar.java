package io.pocketllm.app.train;

import io.pocketllm.app.chart.Smoothing;
import io.pocketllm.app.chart.XAxis;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;

/**
 * The chips above the charts: follow, log scale, smoothing, and what the horizontal axis counts.
 */
final class ChartToolbar extends VBox {

    private static final double GAP = 8;

    ChartToolbar(TrainViewModel train, ChartsViewModel charts) {
        getStyleClass().add("chart-toolbars");
        setMinWidth(0);
        ToggleButton follow =
                chip("Follow", "Show the whole run and grow with it (F). Zooming turns this off.");
        follow.setId("follow");
        follow.selectedProperty().bindBidirectional(charts.followProperty());
        Button back = new Button("Back");
        back.setId("back");
        back.getStyleClass().add("chip");
        back.setMinWidth(Region.USE_PREF_SIZE);
        back.setTooltip(new Tooltip("Back to the view before the last zoom or move (Backspace)."));
        back.setOnAction(e -> charts.back());
        back.disableProperty().bind(charts.canGoBackProperty().not());
        ToggleButton log = chip("Log y", "Logarithmic axes for loss, slope and step time (G).");
        log.setId("log-scale");
        log.selectedProperty().bindBidirectional(charts.logarithmicProperty());
        ToggleButton logX = chip("Log x", "Logarithmic horizontal axis, from the first step on.");
        logX.setId("log-x");
        logX.selectedProperty().bindBidirectional(charts.logarithmicXProperty());

        Slider smoothing = new Slider(0, 0.99, charts.smoothingProperty().get());
        smoothing.setId("smoothing");
        smoothing.setBlockIncrement(0.05);
        smoothing.valueProperty().bindBidirectional(charts.smoothingProperty());
        smoothing.setTooltip(new Tooltip("Smoothing of the training loss. " + Smoothing.FORMULA));
        Label name = new Label("Smoothing");
        name.setLabelFor(smoothing);
        name.getStyleClass().add("muted");
        Label value = new Label();
        value.getStyleClass().add("muted");
        value.setMinWidth(Region.USE_PREF_SIZE);
        value.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> halfLife(charts.smoothingProperty().get()),
                                charts.smoothingProperty()));

        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label axisName = new Label("x axis");
        axisName.getStyleClass().add("muted");
        smoothing.setMinWidth(60);
        smoothing.setAccessibleText("Smoothing");
        name.setMinWidth(Region.USE_PREF_SIZE);
        value.setMinWidth(Region.USE_PREF_SIZE);
        axisName.setMinWidth(Region.USE_PREF_SIZE);
        HBox axes = new HBox(axisName, axes(train, charts));
        HBox views = new HBox(follow, back, log, logX, name, smoothing, value);
        HBox first = new HBox(views, space);
        HBox second = new HBox();
        for (HBox row : new HBox[] {axes, views, first, second}) {
            row.getStyleClass().add("chart-toolbar");
            row.setAlignment(Pos.CENTER_LEFT);
        }
        second.setAlignment(Pos.CENTER_RIGHT);
        second.managedProperty().bind(Bindings.isNotEmpty(second.getChildren()));
        getChildren().setAll(first, second);
        // In a narrow window, or with large text, the words go first; then the axes get a row.
        Runnable fit =
                () -> {
                    Label[] words = {name, value, axisName};
                    for (Label word : words) {
                        word.setManaged(false);
                    }
                    boolean oneRow = width(views) + width(axes) <= getWidth();
                    for (Label word : words) {
                        word.setManaged(true);
                        double needed =
                                oneRow
                                        ? width(views) + width(axes)
                                        : Math.max(width(views), width(axes));
                        word.setManaged(needed <= getWidth());
                        word.setVisible(word.isManaged());
                    }
                    HBox home = oneRow ? first : second;
                    if (axes.getParent() != home) {
                        first.getChildren().remove(axes);
                        second.getChildren().remove(axes);
                        home.getChildren().add(axes);
                    }
                };
        first.getChildren().add(axes);
        widthProperty().addListener(o -> fit.run());
        name.fontProperty().addListener(o -> fit.run());
    }

    private static double width(HBox row) {
        return row.prefWidth(-1) + GAP;
    }

    private static String halfLife(double weight) {
        double steps = Smoothing.halfLifeSteps(weight);
        return steps < 0.5 ? "off" : String.format(Locale.ROOT, "half-life %.0f steps", steps);
    }

    private static SegmentedButton axes(TrainViewModel train, ChartsViewModel charts) {
        SegmentedButton buttons = new SegmentedButton();
        Map<XAxis, ToggleButton> byAxis = new EnumMap<>(XAxis.class);
        for (XAxis axis : XAxis.values()) {
            ToggleButton button = new ToggleButton(axis.displayName());
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setId("axis-" + axis.name().toLowerCase(Locale.ROOT));
            button.setSelected(axis == charts.axisProperty().get());
            button.setUserData(axis);
            byAxis.put(axis, button);
            buttons.getButtons().add(button);
        }
        ToggleButton phoneTime = byAxis.get(XAxis.PHONE_TIME);
        Tooltip reason = new Tooltip();
        reason.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> phoneTimeText(train), train.revisionProperty()));
        phoneTime.setTooltip(reason);
        // A disabled button has no tooltip of its own: the row around it says why.
        Tooltip.install(buttons, reason);
        phoneTime
                .disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> !train.series().phoneTimeKnown(), train.revisionProperty()));
        buttons.getToggleGroup()
                .selectedToggleProperty()
                .addListener(
                        (p, before, now) -> {
                            if (now == null) {
                                // One of them is always on.
                                before.setSelected(true);
                            } else {
                                charts.axisProperty().set((XAxis) now.getUserData());
                            }
                        });
        charts.axisProperty().addListener((p, before, now) -> byAxis.get(now).setSelected(true));
        return buttons;
    }

    static String phoneTimeText(TrainViewModel train) {
        if (train.series().phoneTimeKnown()) {
            return "The time the steps would have taken on the phone.";
        }
        return train.series().loss().isEmpty()
                ? "Phone time: known after the first step, where a phone is simulated."
                : "Phone time: this run's steps carry no prediction for a phone. Choose a phone, or"
                        + " run it again with this version.";
    }

    private static ToggleButton chip(String text, String help) {
        ToggleButton chip = new ToggleButton(text);
        chip.getStyleClass().add("chip");
        chip.setTooltip(new Tooltip(help));
        chip.setMinWidth(Region.USE_PREF_SIZE);
        return chip;
    }
}
