package io.pocketllm.app.phones;

import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Beside the chart: how the two compare, the profile's correction, and the simulation. */
final class BesidePane extends VBox {

    private static final double WIDTH = 250;

    private final BesideViewModel beside;
    private final Label empty = text("beside-empty", "muted");
    private final Label verdict = text("beside-verdict");
    private final Label notes = text("beside-notes", "muted", "small");
    private final Label saved = text("beside-saved", "muted", "small");
    private final Label savingProblem = text("beside-saving-problem", "field-error");
    private final Label why = text("beside-why-not", "muted", "small");
    private final Button recalibrate = button("beside-recalibrate", "Recalibrate the profile");
    private final Button undo = button("beside-undo", "Undo");
    private final Button simulate = button("beside-simulate", "Simulate it here");
    private final Button cancel = button("beside-cancel", "Cancel");
    private final MenuButton twins = new MenuButton();

    BesidePane(BesideViewModel beside) {
        this.beside = beside;
        getStyleClass().addAll("column", "beside-pane");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        verdict.setStyle("-fx-font-weight: bold;");
        recalibrate.setOnAction(e -> beside.recalibrate());
        recalibrate.setTooltip(
                new Tooltip(
                        "Saves the phone's profile as one of your own, with steps as long as they"
                                + " were measured. Runs that there are keep theirs."));
        undo.setOnAction(e -> beside.undo());
        simulate.setOnAction(e -> beside.simulate());
        simulate.setTooltip(
                new Tooltip(
                        "Trains the same run file on this computer, with the profile that was read"
                                + " from the phone, or yours of it where you have corrected one."));
        cancel.setOnAction(e -> beside.cancel());
        Label problem = text("beside-problem", "field-error");
        bind(problem, beside.problemProperty());
        Label simulationProblem = text("beside-simulation-problem", "field-error");
        bind(simulationProblem, beside.simulationProblemProperty());
        FlowPane buttons = new FlowPane(recalibrate, undo, simulate);
        buttons.getStyleClass().add("button-flow");
        buttons.setHgap(6);
        buttons.setVgap(6);
        getChildren()
                .setAll(
                        empty,
                        verdict,
                        notes,
                        problem,
                        buttons,
                        saved,
                        savingProblem,
                        progress(),
                        simulationProblem,
                        why,
                        choice());
        beside.revisionProperty().addListener(o -> show());
        beside.simulatingProperty().addListener(o -> show());
        beside.holdProperty().addListener((p, before, now) -> show());
        beside.twinProperty().addListener(o -> offer());
        beside.twins().addListener((Observable o) -> offer());
        offer();
        show();
    }

    /** Not with every new step: the menu may be open. */
    private void offer() {
        twins.getItems().setAll(beside.twins().stream().map(this::item).toList());
        BesideTwin now = beside.twinProperty().get();
        twins.setTooltip(now == null ? null : new Tooltip(now.name()));
        show(twins, beside.twins().size() > 1);
    }

    private VBox progress() {
        ProgressBar bar = new ProgressBar();
        bar.setId("beside-progress");
        bar.getStyleClass().add("thin-bar");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(beside.progressProperty());
        Label doing = text("beside-doing", "muted", "small");
        doing.textProperty().bind(beside.progressTextProperty());
        VBox box = new VBox(6, doing, bar, cancel);
        box.visibleProperty().bind(beside.simulatingProperty());
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private MenuButton choice() {
        twins.setId("beside-twins");
        twins.getStyleClass().add("link-button");
        twins.setMinWidth(USE_PREF_SIZE);
        twins.setText("Simulated run");
        return twins;
    }

    private void show() {
        BesideWords words = beside.words();
        fill(empty, words.empty());
        fill(verdict, words.verdict());
        fill(notes, words.notes());
        fill(saved, words.saved());
        fill(savingProblem, words.savingProblem());
        fill(why, words.whyNotSimulate());
        boolean hasRun = !beside.lines().isEmpty();
        // Without a run the chart's own place says what to do.
        show(this, hasRun);
        boolean simulating = beside.simulatingProperty().get();
        show(recalibrate, words.canRecalibrate());
        show(undo, words.canUndo());
        show(simulate, hasRun && !simulating);
        simulate.setDisable(!words.canSimulate());
    }

    private MenuItem item(BesideTwin twin) {
        boolean chosen = twin.equals(beside.twinProperty().get());
        MenuItem item = new MenuItem((chosen ? "✓ " : "") + twin.name());
        // A name is no place for keys.
        item.setMnemonicParsing(false);
        item.setOnAction(e -> beside.twinProperty().set(twin));
        return item;
    }

    private static Button button(String id, String text) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add("quiet-button");
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private static Label text(String id, String... styles) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().addAll(styles);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private static void bind(Label label, ObservableValue<String> text) {
        label.textProperty().bind(text);
        label.visibleProperty().bind(Bindings.isNotEmpty(label.textProperty()));
        label.managedProperty().bind(label.visibleProperty());
    }

    private static void fill(Label label, String text) {
        label.setText(text);
        show(label, !text.isEmpty());
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
