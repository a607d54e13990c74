package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.RunPreview;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The simulated phone drawn as a phone: its memory as a bar with the kill line, its cores with the
 * busy ones filled.
 */
public final class PhonePanel extends VBox {

    private final TrainViewModel train;
    private final Label name = new Label();
    private final Label chip = new Label();
    private final RamBar bar = new RamBar();
    private final HBox cores = new HBox();
    private final Label coreText = new Label();
    private final Label noPhone = new Label();
    private final VBox phone;

    /** A panel that follows the run. */
    public PhonePanel(TrainViewModel train) {
        this.train = train;
        getStyleClass().addAll("card", "phone-card");
        Region camera = new Region();
        camera.getStyleClass().add("phone-camera");
        StackPane top = new StackPane(camera);
        name.getStyleClass().add("phone-name");
        name.setWrapText(true);
        chip.getStyleClass().addAll("muted", "small");
        cores.getStyleClass().add("phone-cores");
        cores.setAlignment(Pos.BOTTOM_CENTER);
        cores.setFillHeight(false);
        coreText.getStyleClass().addAll("muted", "small", "centred");
        coreText.setWrapText(true);
        phone = new VBox(top, name, chip, bar, cores, coreText);
        phone.getStyleClass().add("phone");
        phone.setAlignment(Pos.TOP_CENTER);
        phone.setId("phone");
        noPhone.setText(
                "No phone: the run is not limited. Its memory and time are this computer's.");
        noPhone.setWrapText(true);
        noPhone.getStyleClass().add("muted");
        getChildren().setAll(phone, noPhone);
        train.previewProperty().addListener((p, before, now) -> show(now));
        train.revisionProperty().addListener(o -> bar.show(memory()));
        show(train.previewProperty().get());
    }

    private PhoneMemory memory() {
        var reading = train.figures().memory();
        return PhoneMemory.of(
                train.previewProperty().get(), reading == null ? 0 : reading.rssBytes());
    }

    private void show(RunPreview preview) {
        DeviceProfile device = preview == null ? null : preview.device();
        phone.setVisible(device != null);
        phone.setManaged(device != null);
        noPhone.setVisible(preview != null && device == null);
        noPhone.setManaged(noPhone.isVisible());
        if (device == null) {
            return;
        }
        name.setText(device.name());
        chip.setText(device.systemOnChip());
        bar.show(memory());
        showCores(device, preview.threads());
    }

    private void showCores(DeviceProfile device, int threads) {
        cores.getChildren().clear();
        List<String> words = new ArrayList<>();
        int left = threads;
        for (DeviceProfile.CoreCluster cluster : device.clusters()) {
            int busy = Math.min(left, cluster.count());
            left -= busy;
            for (int i = 0; i < cluster.count(); i++) {
                Region core = new Region();
                core.getStyleClass().addAll("core", cluster.little() ? "core-little" : "core-big");
                core.getStyleClass().add(i < busy ? "core-busy" : "core-idle");
                cores.getChildren().add(core);
            }
            words.add(
                    cluster.count()
                            + " × "
                            + shortName(cluster.kind())
                            + (busy == 0 ? " idle" : ""));
        }
        coreText.setText(String.join(" · ", words));
        phone.setAccessibleText(
                device.name()
                        + ", "
                        + Units.nominalGigabytes(device.ramBytes())
                        + ", "
                        + Units.plural(threads, "thread")
                        + " on "
                        + coreText.getText());
    }

    private static String shortName(String kind) {
        return kind.replace("Cortex-", "");
    }
}
