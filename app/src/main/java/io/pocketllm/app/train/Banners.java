package io.pocketllm.app.train;

import static io.pocketllm.app.train.Banner.Action.COPY_FOLDER;
import static io.pocketllm.app.train.Banner.Action.COPY_REPORT;
import static io.pocketllm.app.train.Banner.Action.LOWER_LEARNING_RATE;
import static io.pocketllm.app.train.Banner.Action.MORE_MEMORY;
import static io.pocketllm.app.train.Banner.Action.RUN_AGAIN;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import java.util.ArrayList;
import java.util.List;

/** The words for how a run ended. */
final class Banners {

    private Banners() {}

    static Banner finished(Event.Finished e, RunFigures figures) {
        String title =
                e.stopped()
                        ? "Stopped at step " + e.step() + " of " + figures.stepsPlanned()
                        : "Finished: "
                                + Units.plural(e.step(), "step")
                                + " in "
                                + Units.duration(figures.elapsedSeconds());
        List<String> parts = new ArrayList<>();
        if (e.accuracy() != null) {
            parts.add(
                    e.startAccuracy() == null
                            ? "Held-out accuracy " + Units.percent(e.accuracy())
                            : "Held-out accuracy from "
                                    + Units.percent(e.startAccuracy())
                                    + " to "
                                    + Units.percent(e.accuracy()));
        }
        if (figures.reference() != null) {
            parts.add(
                    figures.reference().method()
                            + " reaches "
                            + Units.percent(figures.reference().accuracy()));
        }
        if (e.testAccuracy() != null) {
            parts.add("test accuracy " + Units.percent(e.testAccuracy()));
        }
        if (e.peakRssBytes() > 0) {
            parts.add("at most " + Units.megabytes(e.peakRssBytes()) + " of memory");
        }
        return new Banner(
                Banner.Tone.GOOD,
                title,
                parts.isEmpty() ? "What it learnt is saved." : String.join(" · ", parts) + ".",
                List.of(RUN_AGAIN, COPY_FOLDER));
    }

    static Banner killed(Event.Killed e, RunFigures figures) {
        String phone = figures.started() == null ? "the phone" : figures.started().deviceName();
        String when = e.step() > 0 ? "after step " + e.step() : "before its first step";
        String text =
                "The run held "
                        + Units.megabytes(e.rssBytes())
                        + "; "
                        + phone
                        + " grants it "
                        + Units.megabytes(e.budgetBytes())
                        + ".";
        return new Banner(
                Banner.Tone.ALARM,
                "Killed by the low-memory killer " + when,
                text
                        + (blank(e.hint())
                                ? " Give it a larger budget, or a smaller batch."
                                : " " + e.hint()),
                List.of(MORE_MEMORY, COPY_REPORT));
    }

    static Banner diverged(Event.Diverged e) {
        return new Banner(
                Banner.Tone.ALARM,
                "Diverged at step " + e.step(),
                sentence(e.message(), "The loss is no longer a number.")
                        + " "
                        + sentence(e.hint(), "Lower the learning rate or ε."),
                List.of(LOWER_LEARNING_RATE, COPY_REPORT));
    }

    static Banner failed(String message, String hint) {
        return new Banner(
                Banner.Tone.ALARM,
                "The run could not go on",
                (sentence(message, "The worker gave no reason.") + " " + (blank(hint) ? "" : hint))
                        .strip(),
                List.of(COPY_REPORT, RUN_AGAIN));
    }

    static Banner silentEnd(ExitCode code) {
        return failed(
                "The worker ended without saying why (exit code " + code.code() + ").",
                "If this computer ran out of memory, its own system may have ended it. The report holds the last events.");
    }

    static Banner endedAtOnce(int step) {
        return new Banner(
                Banner.Tone.NOTE,
                "Ended at once after step " + step,
                "The worker did not wait to save its last steps. The events up to here are in the run folder.",
                List.of(RUN_AGAIN, COPY_FOLDER));
    }

    static Banner endedAfterGrace(int step, int seconds) {
        return new Banner(
                Banner.Tone.ALARM,
                "Ended after step " + step + ": the worker did not stop by itself",
                "It was asked to stop and said nothing for "
                        + seconds
                        + " s, so it was ended. What it had learnt is in trajectory.zot: pocketllm"
                        + " train RUN_DIR --resume goes on from there.",
                List.of(COPY_REPORT, COPY_FOLDER));
    }

    static Banner warning(Event.Warning e) {
        return new Banner(
                Banner.Tone.NOTE, e.message(), e.hint() == null ? "" : e.hint(), List.of());
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static String sentence(String text, String fallback) {
        if (blank(text)) {
            return fallback;
        }
        String trimmed = text.strip();
        return trimmed.endsWith(".") || trimmed.endsWith("!") || trimmed.endsWith("?")
                ? trimmed
                : trimmed + ".";
    }
}
