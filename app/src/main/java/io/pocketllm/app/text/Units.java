package io.pocketllm.app.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Numbers with their units, in English whatever the system's language is, as the rest of the window
 * is.
 *
 * <p>What was measured or granted is counted in decimal megabytes, 10<sup>6</sup> bytes, in the
 * window as in the terminal. Only a phone's nominal memory is what its maker prints: an "8 GB"
 * phone has 2<sup>33</sup> bytes.
 */
public final class Units {

    /** Bytes in a megabyte. */
    public static final double MEGABYTE = 1e6;

    private static final double GIGABYTE = 1e9;

    private static final double NOMINAL_GIGABYTE = 1 << 30;

    private Units() {}

    /** Such as "3,789 MB". */
    public static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%,.0f MB", bytes / MEGABYTE);
    }

    /** Such as "7.4 GB"; whole gigabytes without a fraction. */
    public static String gigabytes(double bytes) {
        double gigabytes = bytes / GIGABYTE;
        boolean whole = Math.abs(gigabytes - Math.rint(gigabytes)) < 0.05;
        return String.format(Locale.ROOT, whole ? "%.0f GB" : "%.1f GB", gigabytes);
    }

    /** The memory a phone is sold with, such as "8 GB". */
    public static String nominalGigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f GB", bytes / NOMINAL_GIGABYTE);
    }

    /** A share from 0 to 1 such as "82.0 %". */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A share from 0 to 1 such as "82 %". */
    public static String wholePercent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** Loss in nats with four figures; "not a number" where it is none. */
    public static String loss(double nats) {
        if (!Double.isFinite(nats)) {
            return "not a number";
        }
        return Math.abs(nats) >= 1000
                ? String.format(Locale.ROOT, "%,.0f", nats)
                : String.format(Locale.ROOT, "%.3f", nats);
    }

    /** A length of time such as "39 s", "8 min 48 s" or "2 h 5 min". */
    public static String duration(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
        }
        return whole / 3600
                + " h"
                + (whole % 3600 / 60 == 0 ? "" : " " + whole % 3600 / 60 + " min");
    }

    /** A short time such as "0.21 s" or "48 ms". */
    public static String shortTime(double seconds) {
        if (seconds < 0.1) {
            return String.format(
                    Locale.ROOT, seconds < 0.01 ? "%.1f ms" : "%.0f ms", 1000 * seconds);
        }
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }

    /** A clock such as "1:05" (minutes and seconds) or "2:00:05", for axes. */
    public static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole % 3600 / 60, whole % 60);
    }

    /** A setting as a person would type it: "0.002", "1e-6", "600". */
    public static String setting(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal exact =
                new BigDecimal(Double.toString(value))
                        .round(new MathContext(12))
                        .stripTrailingZeros();
        if (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e7) {
            return exact.toPlainString();
        }
        int exponent = exact.precision() - exact.scale() - 1;
        return exact.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    /** A clock rate such as "2.4 GHz". */
    public static String gigahertz(double hertz) {
        return String.format(Locale.ROOT, "%.1f GHz", hertz / 1e9);
    }

    /** A count such as "22.7 M" or "1,234". */
    public static String count(long number) {
        if (number >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.2f G", number / 1e9);
        }
        if (number >= 1_000_000) {
            return String.format(Locale.ROOT, "%.1f M", number / 1e6);
        }
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** "1 step", "2 steps". */
    public static String plural(long number, String one) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : one + "s");
    }
}
