package io.pocketllm.app.setup;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.dialog.Dialogs.FileKind;
import java.nio.file.Path;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** The model: what it is made of, and another one by menu or by dropping it here. */
final class ModelCard extends Card {

    private final ModelViewModel model;
    private final Dialogs dialogs;
    private final MenuButton menu;
    private final GridPane facts = new GridPane();
    private final Hyperlink more = new Hyperlink("Details");

    ModelCard(SetupViewModel setup, ModelViewModel model, Dialogs dialogs) {
        super("Model");
        this.model = model;
        this.dialogs = dialogs;
        setId("model-card");
        menu = Menus.link("Change", "model-menu", setup.lockedProperty());
        addToHead(menu);
        error().setId("model-error");
        error().textProperty().bind(model.problemProperty());
        facts.setId("model-facts");
        facts.getStyleClass().add("facts");
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        facts.getColumnConstraints().setAll(new ColumnConstraints(), values);
        facts.setVisible(false);
        facts.managedProperty().bind(facts.visibleProperty());
        more.setId("model-details");
        more.getStyleClass().add("small");
        more.setOnAction(
                e -> {
                    facts.setVisible(!facts.isVisible());
                    more.setText(facts.isVisible() ? "Hide details" : "Details");
                    more.setVisited(false);
                });
        more.visibleProperty().bind(model.summaryProperty().isNotNull());
        more.managedProperty().bind(more.visibleProperty());
        add(more, facts);
        acceptDrops(() -> !setup.lockedProperty().get(), model::choose);
        model.summaryProperty().addListener(o -> show());
        model.openingProperty().addListener(o -> show());
        model.problemProperty().addListener(o -> show());
        show();
    }

    private void show() {
        fillMenu();
        facts.getChildren().clear();
        var summary = model.summaryProperty().get();
        if (model.openingProperty().get()) {
            show("Looking it up…", "");
            return;
        }
        if (summary == null) {
            show(name(model.path()), "");
            facts.setVisible(false);
            more.setText("Details");
            return;
        }
        show(summary.name(), ModelFacts.line(summary));
        int row = 0;
        for (ModelFacts fact : ModelFacts.of(summary)) {
            Label name = new Label(fact.name());
            name.getStyleClass().addAll("muted", "small");
            name.setMinWidth(USE_PREF_SIZE);
            Label value = new Label(fact.value());
            value.getStyleClass().add("small");
            value.setWrapText(true);
            value.setMinHeight(USE_PREF_SIZE);
            facts.addRow(row++, name, value);
        }
    }

    private void fillMenu() {
        menu.getItems().setAll(Menus.item("all-MiniLM-L6-v2 (built in)", this::builtin));
        if (!model.recent().isEmpty()) {
            menu.getItems().add(new SeparatorMenuItem());
        }
        for (String path : model.recent()) {
            MenuItem item = Menus.item(shortened(path), () -> model.choose(path));
            menu.getItems().add(item);
        }
        menu.getItems()
                .addAll(
                        new SeparatorMenuItem(),
                        Menus.item("Choose folder…", this::chooseFolder),
                        Menus.item("Choose ONNX file…", this::chooseOnnx));
        menu.setTooltip(new Tooltip("Or drop a Hugging Face folder or an ONNX file here."));
    }

    private void builtin() {
        model.choose(ModelViewModel.BUILTIN);
    }

    private void chooseFolder() {
        dialogs.openFolder("Choose a model: a folder with config.json").ifPresent(model::choose);
    }

    private void chooseOnnx() {
        dialogs.openFile("Choose an ONNX model", FileKind.ONNX).ifPresent(model::choose);
    }

    private static String name(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** The two last names of a path: enough to tell two models apart. */
    private static String shortened(String path) {
        Path whole = Path.of(path);
        int names = whole.getNameCount();
        return names <= 2 ? path : "… " + whole.subpath(names - 2, names);
    }
}
