package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.CoolChargingPolicy;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.Calibration;
import io.pocketllm.run.Event;
import io.pocketllm.run.MemoryLimit;
import io.pocketllm.run.PauseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A phone's state in words, simulated or real. Empty texts stand for what is not known or not so.
 *
 * @param temperature such as "38.4 °C"
 * @param clock such as "85 %"
 * @param battery such as "93 %, charging"
 * @param phoneTime all the run did there so far, such as "6 min 3 s"
 * @param limit what holds the run to its memory
 * @param calibration what the phone's clock goes by
 * @param waiting why the phone makes the run wait
 * @param killed how the phone ended the run
 * @param throttleStep how many throttle steps are taken
 * @param clockFraction share of the top clock, 0 to 1
 * @param charging whether a charger is connected
 */
public record PhoneReadout(
        String temperature,
        String clock,
        String battery,
        String phoneTime,
        String limit,
        String calibration,
        String waiting,
        String killed,
        int throttleStep,
        double clockFraction,
        boolean charging) {

    /** A phone that has not said anything yet. */
    static final PhoneReadout NOTHING =
            new PhoneReadout("–", "–", "–", "–", "", "", "", "", 0, 1, false);

    /** What these figures say of this phone; nothing where they are another phone's. */
    public static PhoneReadout of(PhoneFigures figures, DeviceProfile phone) {
        if (!areOf(figures, phone)) {
            return NOTHING;
        }
        Event.Phone now = figures.phone();
        String limit = limit(figures.started());
        String killed = killed(figures.killed());
        if (now == null) {
            return new PhoneReadout("–", "–", "–", "–", limit, "", "", killed, 0, 1, false);
        }
        return new PhoneReadout(
                now.temperatureCelsius() == null
                        ? "–"
                        : String.format(Locale.ROOT, "%.1f °C", now.temperatureCelsius()),
                now.clockFraction() == null ? "–" : Units.wholePercent(now.clockFraction()),
                battery(now),
                Units.duration(now.phoneElapsedMillis() / 1000),
                limit,
                calibration(figures.started()),
                waiting(figures.waitsFor(), phone),
                killed,
                now.throttleStep() == null ? 0 : now.throttleStep(),
                now.clockFraction() == null ? 1 : now.clockFraction(),
                isCharging(now));
    }

    private static String battery(Event.Phone now) {
        return now.batteryPercent() == null
                ? "–"
                : String.format(Locale.ROOT, "%.1f %%", now.batteryPercent())
                        + (isCharging(now) ? " ⚡" : "");
    }

    private static boolean isCharging(Event.Phone now) {
        return now.charging() != null && now.charging();
    }

    /** Whether these figures are those of a run on this phone. */
    static boolean areOf(PhoneFigures figures, DeviceProfile phone) {
        return phone != null && phone.name().equals(figures.phoneName());
    }

    private static String limit(Event.Started e) {
        if (e == null || e.limit() == null) {
            return "";
        }
        return switch (e.limit()) {
            case MemoryLimit.CGROUP -> "Limit: control group, and readings";
            case MemoryLimit.POLLED -> "Limit: readings of its memory";
            case MemoryLimit.NONE -> "Limit: none";
            default -> "Limit: " + e.limit();
        };
    }

    private static String calibration(Event.Started e) {
        if (e == null || e.calibration() == null) {
            return "";
        }
        return switch (e.calibration()) {
            case Calibration.HOST_PROBE -> "Clock: measured on this computer";
            case Calibration.ESTIMATED -> "Clock: estimated";
            default -> "Clock: " + e.calibration();
        };
    }

    private static String waiting(String reason, DeviceProfile phone) {
        if (reason == null) {
            return "";
        }
        return switch (reason) {
            case PauseReason.TOO_WARM ->
                    String.format(
                            Locale.ROOT,
                            "Waits to cool: trains again below %.0f °C.",
                            CoolChargingPolicy.of(phone, false).resumeCelsius());
            case PauseReason.NO_CHARGER -> "Waits for a charger: plug it in.";
            default -> "Waits: " + reason + ".";
        };
    }

    private static String killed(Event.Killed e) {
        if (e == null) {
            return "";
        }
        long line = e.killLineBytes() == 0 ? e.budgetBytes() : e.killLineBytes();
        List<String> parts = new ArrayList<>();
        parts.add("Killed");
        parts.add(e.step() > 0 ? "after step " + e.step() : "before its first step");
        String who =
                MemoryLimit.CGROUP.equals(e.limit())
                        ? "the kernel ended it at the line"
                        : Units.megabytes(e.rssBytes() - line) + " over the line";
        return String.join(" ", parts)
                + ": it held "
                + Units.megabytes(e.rssBytes())
                + ", "
                + who
                + ".";
    }
}
