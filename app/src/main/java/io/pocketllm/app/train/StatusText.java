package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.Event;
import java.util.Locale;

/**
 * A run's state and figures in words: for the status bar and for charts that have nothing to draw
 * yet.
 */
public final class StatusText {

    private StatusText() {}

    /**
     * What the run is doing: "Step 413 of 600", "Paused at step 120 of 600", "Loading the model".
     */
    public static String state(TrainViewModel train) {
        RunFigures figures = train.figures();
        String step =
                figures.stepsPlanned() == 0
                        ? ""
                        : "step " + figures.step() + " of " + figures.stepsPlanned();
        return switch (train.stateProperty().get()) {
            case READY -> "Ready";
            case PREPARING -> preparing(train.preparingProperty().get()) + "…";
            case RUNNING -> figures.step() == 0 ? "Measuring the start…" : capital(step);
            case PAUSING -> "Pausing after this step…";
            case PAUSED -> step.isEmpty() ? "Paused" : "Paused at " + step;
            case STOPPING -> "Stopping after this step…";
            case FINISHED ->
                    figures.step() < figures.stepsPlanned()
                            ? "Stopped at " + step
                            : "Finished, " + step;
            case KILLED -> step.isEmpty() ? "Killed while loading" : "Killed after " + step;
            case DIVERGED -> "Diverged at " + step;
            case FAILED -> step.isEmpty() ? "Not started" : "Failed after " + step;
        };
    }

    /** How far the run is, 0 to 1; while something is loaded, how far that is. */
    public static double progress(TrainViewModel train) {
        Event.Preparing preparing = train.preparingProperty().get();
        if (preparing != null && train.stateProperty().get() == RunState.PREPARING) {
            return preparing.fraction() == null ? 0 : Math.clamp(preparing.fraction(), 0, 1);
        }
        int planned = train.figures().stepsPlanned();
        return planned == 0 ? 0 : Math.clamp((double) train.figures().step() / planned, 0, 1);
    }

    /**
     * "0.21 s a step (4.8 a second)", or empty.
     *
     * @param brief without what is in brackets
     */
    public static String pace(TrainViewModel train, boolean brief) {
        double seconds = train.figures().stepSeconds();
        if (Double.isNaN(seconds)) {
            return "";
        }
        String text = Units.shortTime(seconds) + " a step";
        return !brief && seconds > 0 && seconds < 1
                ? text + String.format(Locale.ROOT, " (%.1f a second)", 1 / seconds)
                : text;
    }

    /**
     * "1 min 2 s so far, 39 s left", the time it took once it has ended, or empty.
     *
     * @param brief without the time so far, once the rest is known
     */
    public static String timeLeft(TrainViewModel train, boolean brief) {
        RunFigures figures = train.figures();
        if (figures.started() == null) {
            return "";
        }
        if (!train.stateProperty().get().isActive()) {
            return "took " + Units.duration(figures.elapsedSeconds());
        }
        double left = figures.secondsLeft();
        String soFar = Units.duration(figures.elapsedSeconds()) + " so far";
        if (Double.isNaN(left)) {
            return soFar;
        }
        return (brief ? "" : soFar + ", ") + Units.duration(left) + " left";
    }

    /** "accuracy 82.0 % (from 57.0 %)", or empty. */
    public static String accuracy(TrainViewModel train) {
        RunFigures figures = train.figures();
        if (Double.isNaN(figures.accuracy())) {
            return "";
        }
        return "accuracy "
                + Units.percent(figures.accuracy())
                + (figures.step() == 0
                        ? ""
                        : " (from " + Units.percent(figures.startAccuracy()) + ")");
    }

    static String emptyLoss(TrainViewModel train) {
        return switch (train.stateProperty().get()) {
            case READY -> "Press Start. Loss and accuracy appear here, step by step.";
            case KILLED -> "Killed before the first step.";
            case FAILED, FINISHED, DIVERGED -> "No step was taken.";
            case PREPARING, RUNNING, PAUSING, PAUSED, STOPPING ->
                    train.preparingProperty().get() == null
                            ? "Measuring the start…"
                            : preparing(train.preparingProperty().get()) + "…";
        };
    }

    static String emptyLower(TrainViewModel train, LowerChart chart) {
        return switch (chart) {
            case MEMORY -> emptyMemory(train);
            case SLOPE -> "How steep the loss is along each step's direction.";
            case STEP_TIME -> "How long each step takes.";
        };
    }

    private static String emptyMemory(TrainViewModel train) {
        return train.stateProperty().get().isActive()
                ? "Waiting for the first reading."
                : "The memory of the run's own process, beside the phone's budget.";
    }

    private static String preparing(Event.Preparing event) {
        if (event == null) {
            return "Preparing";
        }
        return event.phase()
                + (event.fraction() == null ? "" : ", " + Units.wholePercent(event.fraction()));
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? "Running"
                : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
