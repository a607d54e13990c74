package io.pocketllm.app.phones;

import io.pocketllm.app.text.Units;
import io.pocketllm.app.train.RunFigures;
import io.pocketllm.phone.TransferProgress;
import io.pocketllm.run.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run on a phone in words. */
final class PhoneRunWords {

    private PhoneRunWords() {}

    /** How far: "Step 12 of 600". */
    static String state(PhoneRunViewModel run) {
        RunFigures figures = run.figures();
        String step = "step " + figures.step() + " of " + figures.stepsPlanned();
        return switch (run.stateProperty().get()) {
            case READY -> "No run is followed on this phone.";
            case PREPARING ->
                    run.preparing() == null
                            ? "Being sent and started…"
                            : run.preparing().phase()
                                    + (run.preparing().fraction() == null
                                            ? ""
                                            : ", " + Units.wholePercent(run.preparing().fraction()))
                                    + "…";
            case RUNNING -> figures.step() == 0 ? "Measuring the start…" : "S" + step.substring(1);
            case PAUSING -> "Pausing after this step…";
            case PAUSED -> "Paused at " + step;
            case STOPPING -> "Stopping after this step…";
            case FINISHED ->
                    figures.step() < figures.stepsPlanned()
                            ? "Stopped at " + step
                            : "Finished, " + step;
            case KILLED -> "Ended by its memory limit after " + step;
            case DIVERGED -> "Diverged at " + step;
            case FAILED ->
                    figures.stepsPlanned() == 0 ? "It could not go on" : "Ended after " + step;
        };
    }

    /** How far, 0 to 1. */
    static double progress(PhoneRunViewModel run) {
        TransferProgress fetching = run.fetching();
        if (fetching != null && run.stateProperty().get().isActive()) {
            return fetching.totalBytes() == 0
                    ? 1
                    : (double) fetching.doneBytes() / fetching.totalBytes();
        }
        int planned = run.figures().stepsPlanned();
        return planned == 0 ? 0 : Math.clamp((double) run.figures().step() / planned, 0, 1);
    }

    /** Time left, or the fetching of results; empty where nothing can be said. */
    static String timeLeft(PhoneRunViewModel run) {
        TransferProgress fetching = run.fetching();
        if (!run.stateProperty().get().isActive()) {
            return run.figures().started() == null
                    ? ""
                    : "took " + Units.duration(run.figures().elapsedSeconds());
        }
        if (fetching != null) {
            return "It has ended there; fetching "
                    + fetching.what().substring(fetching.what().lastIndexOf('/') + 1)
                    + ", "
                    + Units.megabytes(fetching.doneBytes())
                    + " of "
                    + Units.megabytes(fetching.totalBytes());
        }
        double left = run.figures().secondsLeft();
        return Double.isNaN(left) ? "" : Units.duration(left) + " left";
    }

    /** Name and value, one after the other. */
    static List<String> figures(PhoneRunViewModel run) {
        RunFigures figures = run.figures();
        List<String> told = new ArrayList<>();
        add(told, "loss, last steps", run.loss(), Units::loss);
        add(told, "held-out accuracy", figures.accuracy(), Units::percent);
        Event.Memory memory = figures.memory();
        if (memory != null) {
            told.add("memory");
            told.add(
                    Units.megabytes(memory.rssBytes())
                            + (memory.budgetBytes() > 0
                                    ? " of " + Units.megabytes(memory.budgetBytes())
                                    : ", no limit"));
            told.add("peak memory");
            told.add(Units.megabytes(figures.peakRssBytes()));
        }
        add(told, "time of a step", figures.stepSeconds(), Units::shortTime);
        return told;
    }

    private static void add(
            List<String> told,
            String name,
            double value,
            java.util.function.DoubleFunction<String> words) {
        if (!Double.isNaN(value)) {
            told.add(name);
            told.add(words.apply(value));
        }
    }

    /** Something to know now; empty for nothing. */
    static String note(PhoneRunViewModel run) {
        if (run.stateProperty().get().isActive() && run.awayProperty().get()) {
            return "The phone is away. The run goes on there; what it does is caught up with when"
                    + " the phone is back.";
        }
        Event.Warning warning = run.warning();
        return warning == null || !run.stateProperty().get().isActive()
                ? ""
                : sentence(warning.message(), warning.hint());
    }

    /** How it ended, and what to do; empty while it goes on. */
    static String outcome(PhoneRunViewModel run) {
        return switch (run.last()) {
            case null -> "";
            case Event.Finished e ->
                    (e.accuracy() == null
                                    ? "What it has learned is here."
                                    : "Held-out accuracy "
                                            + (e.startAccuracy() == null
                                                    ? ""
                                                    : "from "
                                                            + Units.percent(e.startAccuracy())
                                                            + " to ")
                                            + Units.percent(e.accuracy())
                                            + ". What it has learned is here.")
                            + (e.peakRssBytes() > 0
                                    ? String.format(
                                            Locale.ROOT,
                                            " It held at most %s.",
                                            Units.megabytes(e.peakRssBytes()))
                                    : "");
            case Event.Killed e -> sentence(e.why(), e.hint());
            case Event.Diverged e -> sentence(e.message(), e.hint());
            case Event.Failed e -> sentence(e.message(), e.hint());
            default -> "";
        };
    }

    private static String sentence(String message, String hint) {
        String said = message == null ? "" : message.strip();
        if (!said.isEmpty() && !said.matches("(?s).*[.!?]$")) {
            said += ".";
        }
        return (said + " " + (hint == null ? "" : hint)).strip();
    }
}
