package io.pocketllm.cli;

import io.pocketllm.run.Event;
import io.pocketllm.run.MemoryLimit;
import io.pocketllm.run.PauseReason;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A run as lines of text: what was loaded, a progress bar with loss, accuracy, memory against the
 * budget and the time left, and how it ended. In a terminal the bar stays on one line; in a file or
 * pipe a line is written at each evaluation.
 */
public final class TerminalProgress implements Consumer<Event> {

    private static final int BAR_CELLS = 24;

    /** A terminal is redrawn at most this often. */
    private static final long REDRAW_MILLIS = 100;

    /** Weight of the newest step in the running mean of loss and step time. */
    private static final double NEWEST = 0.05;

    private final PrintWriter out;
    private final boolean terminal;
    private int steps;
    private int step;
    private double loss = Double.NaN;
    private double stepMillis = Double.NaN;
    private double accuracy = Double.NaN;
    private double startAccuracy = Double.NaN;
    private double reference = Double.NaN;
    private long rssBytes;
    private long budgetBytes;
    private Event.Phone phone;
    private long drawnMillis;
    private String phase = "";
    private boolean lineOpen;

    /**
     * @param terminal whether a carriage return takes the line back
     */
    public TerminalProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** True where standard output is a terminal that a person watches. */
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    @Override
    public void accept(Event event) {
        switch (event) {
            case Event.Preparing e -> preparing(e);
            case Event.Started e -> started(e);
            case Event.Step e -> step(e);
            case Event.Evaluated e -> evaluated(e);
            case Event.Reference e -> {
                reference = e.accuracy();
                println(
                        "Ceiling    %s: %s on the same held-out texts",
                        e.method(), percent(e.accuracy()));
            }
            case Event.Memory e -> {
                rssBytes = e.rssBytes();
                budgetBytes = e.budgetBytes();
            }
            case Event.Phone e -> phone = e;
            case Event.Prediction e -> {}
            case Event.Paused e -> println("Paused after step %d%s.", e.step(), why(e.reason()));
            case Event.Resumed e -> println("Resumed after step %d%s.", e.step(), onPhone());
            case Event.Warning e -> println("Warning: %s%n  %s", e.message(), e.hint());
            case Event.Killed e -> println("Killed. %s%n  %s", e.why(), e.hint());
            case Event.Diverged e -> println("Diverged. %s%n  %s", e.message(), e.hint());
            case Event.Failed e -> println("Failed. %s%n  %s", e.message(), e.hint());
            case Event.Finished e -> finished(e);
        }
        out.flush();
    }

    private void preparing(Event.Preparing e) {
        if (terminal) {
            String share = e.fraction() == null ? "" : " " + percent(e.fraction());
            redraw(e.phase() + " ..." + share);
        } else if (!e.phase().equals(phase)) {
            println("%s ...", e.phase());
        }
        phase = e.phase();
    }

    private void started(Event.Started e) {
        steps = e.steps();
        println("Run        %s", e.runName());
        println("Model      %s (%s)", e.modelName(), e.modelDescription());
        println(
                "Data       %s: %,d to learn from, %,d held out; labels: %s",
                e.dataName(),
                e.trainExamples(),
                e.heldOutExamples(),
                String.join(", ", e.labels()));
        println(
                "Phone      %s%s, %d threads%s",
                e.deviceName(),
                e.budgetBytes() > 0
                        ? String.format(Locale.ROOT, ", budget %,d MB", megabytes(e.budgetBytes()))
                        : "",
                e.threads(),
                limits(e));
        println("Method     %s; %,d numbers move", e.method(), e.trainableParameters());
    }

    private void step(Event.Step e) {
        step = e.step();
        loss = mean(loss, e.loss());
        stepMillis = mean(stepMillis, e.stepMillis());
        if (terminal && e.elapsedMillis() - drawnMillis >= REDRAW_MILLIS) {
            drawnMillis = e.elapsedMillis();
            redraw(bar());
        }
    }

    private static double mean(double before, double next) {
        return Double.isNaN(before) ? next : before + NEWEST * (next - before);
    }

    private void evaluated(Event.Evaluated e) {
        if (e.split().equals("validation")) {
            accuracy = e.accuracy();
            if (e.step() == 0) {
                startAccuracy = e.accuracy();
                println("Start      held-out accuracy %s before any step", percent(e.accuracy()));
            } else if (terminal) {
                redraw(bar());
            } else {
                println("%s", bar());
            }
        }
    }

    private String bar() {
        int full = steps == 0 ? 0 : (int) ((long) BAR_CELLS * step / steps);
        String eta =
                Double.isNaN(stepMillis)
                        ? ""
                        : ", " + duration((long) (stepMillis * (steps - step))) + " left";
        String memory =
                rssBytes == 0 ? "" : String.format(Locale.ROOT, "  %,d", megabytes(rssBytes));
        String budget =
                rssBytes == 0
                        ? ""
                        : budgetBytes == 0
                                ? " MB"
                                : String.format(Locale.ROOT, " of %,d MB", megabytes(budgetBytes));
        return String.format(
                Locale.ROOT,
                "[%s%s] step %d of %d  loss %.3f  accuracy %s%s%s%s%s",
                "#".repeat(full),
                "-".repeat(BAR_CELLS - full),
                step,
                steps,
                loss,
                percent(accuracy),
                memory,
                budget,
                eta,
                onPhone());
    }

    private void finished(Event.Finished e) {
        println(
                "%s after %d steps in %s: held-out accuracy %s, started at %s%s; test accuracy %s; peak memory %,d MB",
                e.stopped() ? "Stopped" : "Finished",
                e.step(),
                duration(e.elapsedMillis()),
                percent(e.accuracy()),
                percent(startAccuracy),
                Double.isNaN(reference) ? "" : " (first-order head: " + percent(reference) + ")",
                e.testAccuracy() == null ? "-" : percent(e.testAccuracy()),
                megabytes(e.peakRssBytes()));
        if (e.phoneElapsedMillis() != null) {
            println(
                    "On the phone it took %s, %.1f %% of the battery (%,.0f J), and %.1f °C at the hottest",
                    duration(Math.round(e.phoneElapsedMillis())),
                    e.batteryUsedPercent(),
                    e.joules(),
                    e.hottestCelsius());
        }
    }

    private static String limits(Event.Started e) {
        String limit =
                switch (e.limit()) {
                    case MemoryLimit.CGROUP -> "; the kernel holds the limit too (cgroup)";
                    case MemoryLimit.POLLED -> "; memory read 20 times a second";
                    case null, default -> "";
                };
        return e.calibration() == null ? limit : limit + "; clock " + e.calibration();
    }

    private static String why(String reason) {
        return switch (reason) {
            case PauseReason.TOO_WARM -> ": the phone is too warm";
            case PauseReason.NO_CHARGER -> ": the phone has no charger";
            case null -> "";
            default -> ": " + reason;
        };
    }

    /** Time, heat and charge of the phone, as far as it tells them; nothing where there is none. */
    private String onPhone() {
        if (phone == null) {
            return "";
        }
        StringBuilder text = new StringBuilder("; phone ");
        text.append(duration(Math.round(phone.phoneElapsedMillis())));
        if (phone.temperatureCelsius() != null) {
            text.append(String.format(Locale.ROOT, ", %.1f °C", phone.temperatureCelsius()));
        }
        if (phone.clockFraction() != null && phone.clockFraction() < 1) {
            text.append(String.format(Locale.ROOT, ", clock %.0f %%", 100 * phone.clockFraction()));
        }
        if (phone.thermalStatus() != null && phone.thermalStatus() > 0) {
            text.append(", throttles");
        }
        if (phone.batteryPercent() != null) {
            text.append(String.format(Locale.ROOT, ", battery %.0f %%", phone.batteryPercent()));
        }
        return text.toString();
    }

    private void redraw(String line) {
        out.print("\r\u001b[K" + line);
        lineOpen = true;
    }

    private void println(String format, Object... arguments) {
        if (lineOpen) {
            out.print("\r\u001b[K");
            lineOpen = false;
        }
        out.println(String.format(Locale.ROOT, format, arguments));
    }

    private static long megabytes(long bytes) {
        return Math.round(bytes / 1e6);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String duration(long millis) {
        long seconds = Math.round(millis / 1000.0);
        if (seconds >= 3600) {
            return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
        }
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
