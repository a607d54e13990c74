package io.pocketllm.phone;

import io.pocketllm.run.Event;
import java.util.Locale;

/** A comparison in sentences, for a terminal, a window, and a profile's source. */
public final class ComparisonText {

    private ComparisonText() {}

    /** Such as "The phone is 6.8 % slower than its profile (median of 180 steps, ±0.9 %)." */
    public static String verdict(RunComparison comparison) {
        StepRatio steps = comparison.steps();
        if (steps.steps() == 0) {
            return "No step of both is there to compare yet.";
        }
        return how(steps)
                + format(
                        " (median of %,d %s%s%s).",
                        steps.steps(),
                        steps.steps() == 1 ? "step" : "steps",
                        comparison.beforeThrottling() ? " before throttling" : "",
                        Double.isNaN(steps.uncertainty())
                                ? ""
                                : format(", ±%.1f %%", 100 * steps.uncertainty()));
    }

    private static String how(StepRatio steps) {
        double off = steps.ratio() - 1;
        if (Math.abs(off) <= steps.uncertainty() || Math.abs(off) < 0.0005) {
            return "The phone is as fast as its profile says";
        }
        if (steps.ratio() >= 2) {
            return format("A step takes %.1f times as long as the profile says", steps.ratio());
        }
        return format(
                "The phone is %.1f %% %s than its profile",
                100 * Math.abs(off), off > 0 ? "slower" : "faster");
    }

    /**
     * When each began to throttle, beside the other; empty where nothing is known or neither did.
     */
    public static String throttling(RunComparison comparison) {
        RunMeasurements real = comparison.real();
        RunMeasurements simulated = comparison.simulated();
        Integer there = real.throttledAtStep();
        Integer here = simulated.throttledAtStep();
        if (!real.isThrottlingTold() || !simulated.isThrottlingTold()) {
            return "";
        }
        if (there == null) {
            return here == null
                    ? ""
                    : "It does not throttle; simulated it begins at step " + here + ".";
        }
        if (here == null) {
            return "It begins to throttle at step " + there + "; simulated it does not.";
        }
        int later = there - here;
        return later == 0
                ? "Both begin to throttle at step " + there + "."
                : format(
                        "It begins to throttle %,d %s %s.",
                        Math.abs(later),
                        Math.abs(later) == 1 ? "step" : "steps",
                        later < 0 ? "earlier" : "later");
    }

    /** Who says a recalibrated factor: when, how often, with what. */
    static String source(RunComparison comparison) {
        StepRatio steps = comparison.steps();
        Event.Started there = comparison.real().started();
        Event.Started here = comparison.simulated().started();
        String clock = here == null || here.calibration() == null ? "" : here.calibration();
        return PhoneException.shown(
                format(
                        "measured on the phone on %s over %d steps of %s (%s) with %s: %.3f"
                                + " times (±%.1f %%) what this profile gave with the factor %s%s",
                        day(there.time()),
                        steps.steps(),
                        there.modelName(),
                        there.method(),
                        there.threads() == 1 ? "1 thread" : there.threads() + " threads",
                        steps.ratio(),
                        100 * steps.uncertainty(),
                        factor(comparison.profile().stepTimeFactor()),
                        clock.isEmpty() ? "" : " (clock: " + clock + ")"));
    }

    private static String day(String time) {
        return time == null ? "a day not told" : time.substring(0, Math.min(10, time.length()));
    }

    /** A factor without zeros at its end: 1, 1.068. */
    public static String factor(double factor) {
        return factor == Math.rint(factor)
                ? Long.toString(Math.round(factor))
                : Double.toString(factor);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
