package io.pocketllm.cli;

import io.pocketllm.run.Event;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.SweepListener;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A sweep as lines of text: two for each run. In a terminal the run that goes on has a line that
 * shows its step.
 */
final class SweepProgress implements SweepListener {

    /** A terminal is redrawn at most this often. */
    private static final long REDRAW_MILLIS = 100;

    private final PrintWriter out;
    private final boolean terminal;
    private final Set<String> warned = new HashSet<>();
    private int steps;
    private double accuracy;
    private long drawnMillis;
    private boolean lineOpen;

    /**
     * @param terminal whether a carriage return takes a line back
     */
    SweepProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void starts(Position position, boolean resumed) {
        steps = 0;
        accuracy = Double.NaN;
        drawnMillis = 0;
        println(
                "Run %d of %d   %s  %s%s%s",
                position.place(),
                position.of(),
                position.combination().folderName(),
                position.combination().describe(),
                resumed ? "  (goes on)" : "",
                position.millisLeft().isPresent()
                        ? "   about "
                                + SweepText.duration(position.millisLeft().getAsLong())
                                + " left"
                        : "");
        out.flush();
    }

    @Override
    public synchronized void event(Position position, Event event) {
        switch (event) {
            case Event.Started e -> steps = e.steps();
            case Event.Preparing e -> redraw(e.elapsedMillis(), e.phase() + " ...");
            case Event.Evaluated e -> accuracy = e.split().equals("test") ? accuracy : e.accuracy();
            case Event.Step e ->
                    redraw(
                            e.elapsedMillis(),
                            String.format(
                                    Locale.ROOT,
                                    "step %d of %d  loss %.3f  held-out accuracy %s",
                                    e.step(),
                                    steps,
                                    e.loss(),
                                    SweepText.percent(accuracy)));
            case Event.Warning e -> {
                // Most warnings come with every run of a sweep.
                if (warned.add(e.message())) {
                    println("  Warning: %s%n    %s", e.message(), e.hint());
                }
            }
            case Event.Diverged e -> println("  %s", e.message());
            case Event.Killed e -> println("  %s", e.why());
            case Event.Failed e -> println("  Failed. %s%n    %s", e.message(), e.hint());
            case Event.Reference e -> {}
            case Event.Memory e -> {}
            case Event.Phone e -> {}
            case Event.Prediction e -> {}
            case Event.Paused e -> {}
            case Event.Resumed e -> {}
            case Event.Finished e -> {}
        }
        out.flush();
    }

    @Override
    public synchronized void stopsEarly(Position position, int step, double best, double median) {
        println(
                "  Stops early: its best held-out loss by step %d is %.3f, and the median of the"
                        + " finished runs' means is %.3f.",
                step, best, median);
    }

    @Override
    public synchronized void ended(Position position, RunResult result) {
        println("  %s", SweepText.ended(result));
        out.flush();
    }

    private void redraw(long elapsedMillis, String line) {
        if (terminal && (drawnMillis == 0 || elapsedMillis - drawnMillis >= REDRAW_MILLIS)) {
            drawnMillis = elapsedMillis;
            out.print("\r\u001b[K  " + line);
            lineOpen = true;
        }
    }

    private void println(String format, Object... arguments) {
        if (lineOpen) {
            out.print("\r\u001b[K");
            lineOpen = false;
        }
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
