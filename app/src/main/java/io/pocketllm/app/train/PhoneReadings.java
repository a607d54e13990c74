package io.pocketllm.app.train;

import io.pocketllm.run.Event;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The phone's state in figures and words, and its charger. */
final class PhoneReadings extends VBox {

    private final TrainViewModel train;
    private final Label temperature = new Label();
    private final Label clock = new Label();
    private final Label clockName = new Label("clock");
    private final Label battery = new Label();
    private final Label phoneTime = new Label();
    private final Label waiting = line("phone-waiting", "phone-note");
    private final Label killed = line("phone-killed", "field-error");
    private final Label limit = line("phone-limit", "muted");
    private final Label calibration = line("phone-calibration", "muted");
    private final Button charger = new Button();
    private boolean charging;

    PhoneReadings(TrainViewModel train) {
        this.train = train;
        getStyleClass().add("phone-readings");
        GridPane grid = new GridPane();
        grid.getStyleClass().add("figures");
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        grid.getColumnConstraints().setAll(half, half);
        grid.addRow(
                0,
                figure(temperature, new Label("temperature"), "Of the phone's skin, simulated."),
                figure(
                        clock,
                        clockName,
                        "Share of the top clock the phone still runs at, and how many of its"
                                + " throttle steps are taken, simulated."));
        grid.addRow(
                1,
                figure(battery, new Label("battery"), "Charge left, simulated; ⚡ with a charger."),
                figure(
                        phoneTime,
                        new Label("phone time"),
                        "What all the run did so far takes on the phone: preparation, steps,"
                                + " evaluations and pauses."));
        temperature.setId("phone-temperature");
        clock.setId("phone-clock");
        battery.setId("phone-battery");
        phoneTime.setId("phone-time");
        limit.setTooltip(
                new Tooltip(
                        "Readings: the run's resident set is read 20 times a second and more, and the"
                                + " run ended at the first one over the line. A control group has the"
                                + " kernel itself end it at the line."));
        calibration.setTooltip(
                new Tooltip(
                        "How kinds of work compare in speed: by estimates, or as the host probe"
                                + " measured them here. Core peaks and bandwidth are the phone's."));
        charger.setId("phone-charger");
        charger.getStyleClass().add("link-button");
        charger.setMinWidth(Region.USE_PREF_SIZE);
        charger.setTooltip(
                new Tooltip("Connects the simulated phone to a charger or takes it away."));
        charger.setOnAction(e -> train.plug(!charging));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox foot = new HBox(calibration, space, charger);
        foot.setAlignment(Pos.BASELINE_LEFT);
        getChildren().setAll(killed, waiting, grid, limit, foot);
    }

    void show(PhoneReadout now) {
        charging = now.charging();
        temperature.setText(now.temperature());
        clock.setText(now.clock());
        clockName.setText(now.throttleStep() == 0 ? "clock" : "clock, throttled");
        battery.setText(now.battery());
        phoneTime.setText(now.phoneTime());
        waiting.setText(now.waiting());
        killed.setText(now.killed());
        limit.setText(now.limit());
        calibration.setText(now.calibration());
        charger.setText(charging ? "Unplug" : "Plug in");
        Event.Phone told = train.phone().phone();
        // The charger of a real phone is a matter of cables.
        boolean simulated = told != null && told.isSimulated();
        charger.setVisible(train.stateProperty().get().isActive() && simulated);
        charger.setManaged(charger.isVisible());
    }

    private static Label line(String id, String style) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().addAll(style, "small");
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    private static VBox figure(Label value, Label name, String help) {
        value.getStyleClass().add("figure-value");
        name.getStyleClass().addAll("muted", "small");
        VBox box = new VBox(value, name);
        Tooltip.install(box, new Tooltip(help));
        return box;
    }
}
