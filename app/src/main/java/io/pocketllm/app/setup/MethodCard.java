package io.pocketllm.app.setup;

import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodSpec;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/** The method: published ones to begin from, what it trains, and its numbers. */
final class MethodCard extends Card {

    private final SetupViewModel setup;
    private final MenuButton spaces;

    MethodCard(SetupViewModel setup) {
        super("Method");
        this.setup = setup;
        setId("method-card");
        MenuButton presets = Menus.link("Presets", "method-menu", setup.lockedProperty());
        for (MethodPreset preset : MethodCatalogue.all()) {
            MenuItem item = Menus.item("", () -> setup.chooseMethod(preset));
            item.setId("method-" + preset.id());
            item.setGraphic(twoLines(preset));
            presets.getItems().add(item);
        }
        spaces = Menus.link("", "space-menu", setup.lockedProperty());
        spaces.setTooltip(new Tooltip("Which parameters the method moves."));
        spaces.managedProperty().bind(spaces.visibleProperty());
        addToHead(spaces);
        addToHead(presets);
        error().setId("method-error");
        error().textProperty().bind(setup.methodProblemProperty());
        add(new FieldGrid(setup));
        setup.fileProperty().addListener(o -> show());
        show();
    }

    private static VBox twoLines(MethodPreset preset) {
        Label name =
                new Label(
                        preset.paper().isEmpty() || preset.paper().equals(preset.name())
                                ? preset.name()
                                : preset.name() + "  (" + preset.paper() + ")");
        Label formula = new Label(preset.formula());
        formula.getStyleClass().addAll("muted", "small");
        return new VBox(name, formula);
    }

    private void show() {
        if (setup.fileProperty().get() == null) {
            return;
        }
        MethodSpec method = setup.fileProperty().get().spec().method();
        MethodPreset preset = setup.preset().orElse(null);
        if (preset == null) {
            show(method.describe(), "");
        } else {
            show(preset.name(), method.describe() + "\n" + preset.formula());
        }
        List<MethodSpec.Space> allowed =
                preset == null ? List.of(MethodSpec.Space.values()) : preset.spaces();
        spaces.setText(method.space().key());
        spaces.setVisible(allowed.size() > 1);
        spaces.getItems()
                .setAll(
                        allowed.stream()
                                .map(s -> Menus.item(s.key(), () -> setup.chooseSpace(s)))
                                .toList());
    }
}
