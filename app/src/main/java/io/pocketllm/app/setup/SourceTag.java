package io.pocketllm.app.setup;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.SourceKind;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/** A small "estimated" beside a value that nobody measured; pointing at it tells the source. */
final class SourceTag extends Label {

    private final Tooltip source = new Tooltip();

    SourceTag() {
        super("estimated");
        getStyleClass().add("source-tag");
        source.setWrapText(true);
        source.setMaxWidth(420);
        setTooltip(source);
        setMinWidth(USE_PREF_SIZE);
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    /** Shows it where the source says that the value is estimated. */
    void show(String text) {
        setVisible(SourceKind.of(text) == SourceKind.ESTIMATED);
        source.setText(text);
    }

    /** Shows it where one of these values of a phone is estimated. */
    void show(DeviceProfile phone, List<String> keys) {
        String estimated =
                phone == null
                        ? ""
                        : keys.stream()
                                .filter(key -> phone.sourceKind(key) == SourceKind.ESTIMATED)
                                .map(key -> key + ": " + phone.sources().get(key))
                                .collect(Collectors.joining("\n"));
        setVisible(!estimated.isEmpty());
        source.setText(estimated);
    }
}
