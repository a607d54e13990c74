package io.pocketllm.app.phones;

import io.pocketllm.app.train.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The run that goes on on a phone, and those that were left there. */
final class RunOnPhoneCard extends VBox {

    private final PhoneRunViewModel run;
    private final Label name = Nodes.text(null, "muted");
    private final Label state = Nodes.text("phone-run-state", "figure-value");
    private final ProgressBar bar = new ProgressBar(0);
    private final Label left = Nodes.text("phone-run-left", "muted");
    private final FlowPane figures = new FlowPane();
    private final Label note = Nodes.text("phone-run-note", "phone-note");
    private final Label outcome = Nodes.text("phone-run-outcome");
    private final Label leave = Nodes.text(null, "muted", "small");
    private final VBox leftRuns = new VBox();
    private final Button pause;
    private final Button evaluate;
    private final Button stop;
    private final Button showInRuns;
    private final HBox progress;

    /**
     * @param showInRuns shows a run folder on the page of all runs
     */
    RunOnPhoneCard(PhoneRunViewModel run, Consumer<Path> showInRuns) {
        this.run = run;
        setId("phone-run-card");
        getStyleClass().addAll("card", "phone-run-card");
        pause = Nodes.button("phone-run-pause", "Pause", run::togglePause);
        evaluate = Nodes.button("phone-run-evaluate", "Evaluate now", run::evaluate);
        stop = Nodes.button("phone-run-stop", "Stop", run::stop);
        this.showInRuns =
                Nodes.button(
                        "phone-run-show",
                        "Show in Runs",
                        () -> showInRuns.accept(run.folderProperty().get()));
        HBox head = new HBox(Nodes.title("Run on this phone"), name);
        head.getStyleClass().add("button-row");
        head.setAlignment(Pos.BASELINE_LEFT);
        // Never indeterminate: that animation takes a core.
        bar.getStyleClass().add("thin-bar");
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        state.setMinWidth(USE_PREF_SIZE);
        left.setMinWidth(USE_PREF_SIZE);
        progress = new HBox(state, bar, left);
        progress.getStyleClass().add("button-row");
        progress.setAlignment(Pos.CENTER_LEFT);
        figures.getStyleClass().add("phone-run-figures");
        FlowPane buttons = new FlowPane(pause, evaluate, stop, this.showInRuns);
        buttons.getStyleClass().add("button-flow");
        leave.setText(
                "It goes on when the phone is unplugged or this window is closed; follow it again here.");
        leftRuns.getStyleClass().add("left-runs");
        getChildren().setAll(head, progress, figures, note, outcome, buttons, leave, leftRuns);
        run.revisionProperty().addListener(o -> show());
        run.stateProperty().addListener(o -> show());
        run.awayProperty().addListener(o -> show());
        run.folderProperty().addListener(o -> show());
        run.left().addListener((Observable o) -> show());
        show();
    }

    private void show() {
        RunState now = run.stateProperty().get();
        boolean any = now != RunState.READY;
        boolean active = now.isActive();
        boolean attached = active && run.folderProperty().get() != null;
        name.setText(any ? run.name() : "");
        state.setText(PhoneRunWords.state(run));
        Nodes.show(progress, any || run.left().isEmpty());
        state.getStyleClass().setAll("label", any ? "figure-value" : "muted");
        Nodes.show(bar, active);
        bar.setProgress(PhoneRunWords.progress(run));
        bar.setAccessibleText(state.getText());
        left.setText(PhoneRunWords.timeLeft(run));
        Nodes.show(left, any && !left.getText().isEmpty());
        showFigures(any ? PhoneRunWords.figures(run) : List.of());
        note.setText(PhoneRunWords.note(run));
        Nodes.show(note, !note.getText().isEmpty());
        outcome.setText(PhoneRunWords.outcome(run));
        Nodes.show(outcome, !outcome.getText().isEmpty());
        boolean paused = now == RunState.PAUSED || now == RunState.PAUSING;
        pause.setText(paused ? "Resume" : "Pause");
        Nodes.show(pause, attached);
        pause.setDisable(!(paused || now == RunState.RUNNING));
        Nodes.show(evaluate, attached);
        evaluate.setDisable(!(now == RunState.RUNNING || now == RunState.PAUSED));
        stop.setText(now == RunState.STOPPING ? "End at once" : "Stop");
        Nodes.show(stop, attached);
        Nodes.show(showInRuns, any && run.folderProperty().get() != null);
        Nodes.show(leave, attached);
        showLeft();
    }

    private void showFigures(List<String> told) {
        while (figures.getChildren().size() > told.size() / 2) {
            figures.getChildren().removeLast();
        }
        while (figures.getChildren().size() < told.size() / 2) {
            VBox pair = new VBox(new Label(), new Label());
            pair.getChildren().getFirst().getStyleClass().addAll("muted", "small");
            pair.getChildren().getLast().getStyleClass().add("figure-value");
            figures.getChildren().add(pair);
        }
        for (int i = 0; i < told.size() / 2; i++) {
            VBox pair = (VBox) figures.getChildren().get(i);
            ((Label) pair.getChildren().getFirst()).setText(told.get(2 * i));
            ((Label) pair.getChildren().getLast()).setText(told.get(2 * i + 1));
        }
        Nodes.show(figures, !told.isEmpty());
    }

    private void showLeft() {
        boolean free = !run.stateProperty().get().isActive();
        List<PhoneEngine.Left> runs = run.left();
        Nodes.show(leftRuns, free && !runs.isEmpty());
        leftRuns.getChildren().clear();
        for (PhoneEngine.Left each : runs) {
            Label words = Nodes.text(null);
            words.setText(each.name() + " was left on this phone: " + each.folder().getFileName());
            Button follow =
                    Nodes.button(
                            "follow-" + leftRuns.getChildren().size(),
                            "Follow again",
                            () -> run.follow(each));
            follow.setDisable(run.awayProperty().get());
            Button giveUp =
                    Nodes.button(
                            "give-up-" + leftRuns.getChildren().size(),
                            "Give it up…",
                            () -> run.giveUp(each));
            HBox.setHgrow(words, Priority.ALWAYS);
            HBox line = new HBox(words, follow, giveUp);
            line.getStyleClass().add("button-row");
            line.setAlignment(Pos.CENTER_LEFT);
            leftRuns.getChildren().add(line);
        }
    }
}
