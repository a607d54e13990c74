package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.PhoneConditions;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunPreview;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The simulated phone drawn as a phone: its memory as a bar with the kill line, its cores with the
 * busy ones filled; below it heat, clock, battery and time as the run last told them.
 */
public final class PhonePanel extends VBox {

    private final TrainViewModel train;
    private final ObservableValue<RunFile> setUp;
    private final Label name = new Label();
    private final Label chip = new Label();
    private final RamBar bar = new RamBar();
    private final PhoneCores cores = new PhoneCores();
    private final PhoneReadings readings;
    private final Label noPhone = new Label();
    private final VBox phone;

    /**
     * A panel that follows the run.
     *
     * @param setUp the run that Start would start; its conditions move the kill line
     */
    public PhonePanel(TrainViewModel train, ObservableValue<RunFile> setUp) {
        this.train = train;
        this.setUp = setUp;
        getStyleClass().addAll("card", "phone-card");
        Region camera = new Region();
        camera.getStyleClass().add("phone-camera");
        StackPane top = new StackPane(camera);
        name.getStyleClass().add("phone-name");
        name.setWrapText(true);
        chip.getStyleClass().addAll("muted", "small");
        phone = new VBox(top, name, chip, bar, cores);
        phone.getStyleClass().add("phone");
        phone.setAlignment(Pos.TOP_CENTER);
        phone.setId("phone");
        readings = new PhoneReadings(train);
        noPhone.setText(
                "No phone: the run is not limited. Its memory and time are this computer's.");
        noPhone.setWrapText(true);
        noPhone.getStyleClass().add("muted");
        getChildren().setAll(phone, readings, noPhone);
        train.previewProperty().addListener(o -> show());
        train.revisionProperty().addListener(o -> show());
        train.stateProperty().addListener(o -> show());
        setUp.addListener(o -> show());
        show();
    }

    private void show() {
        RunPreview preview = train.previewProperty().get();
        DeviceProfile device = preview == null ? null : preview.device();
        phone.setVisible(device != null);
        phone.setManaged(device != null);
        readings.setVisible(device != null);
        readings.setManaged(device != null);
        noPhone.setVisible(preview != null && device == null);
        noPhone.setManaged(noPhone.isVisible());
        if (device == null) {
            return;
        }
        boolean itsRun = PhoneReadout.areOf(train.phone(), device);
        PhoneReadout now = PhoneReadout.of(train.phone(), device);
        name.setText(device.name());
        chip.setText(device.systemOnChip());
        RunFile file = itsRun && train.file() != null ? train.file() : setUp.getValue();
        PhoneConditions conditions =
                file == null ? PhoneConditions.IDLE : file.spec().device().conditions();
        bar.show(
                PhoneMemory.of(preview, conditions, itsRun ? train.phone().rssBytes() : 0),
                !now.killed().isEmpty());
        cores.show(
                device,
                preview.threads(),
                now.clockFraction(),
                itsRun && working(train.stateProperty().get(), now));
        readings.show(now);
        phone.setAccessibleText(
                device.name()
                        + ", "
                        + Units.nominalGigabytes(device.ramBytes())
                        + ", "
                        + Units.plural(preview.threads(), "thread")
                        + " on "
                        + cores.text());
    }

    private static boolean working(RunState state, PhoneReadout now) {
        return switch (state) {
            case RUNNING, PAUSING, STOPPING, PREPARING -> now.waiting().isEmpty();
            case READY, PAUSED, FINISHED, KILLED, DIVERGED, FAILED -> false;
        };
    }
}
