package io.pocketllm.app.memory;

import io.pocketllm.app.text.Units;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.plan.MemoryPart;
import io.pocketllm.plan.RunPlan;
import java.util.Locale;
import java.util.stream.Collectors;

/** Plans and verdicts in words. */
public final class MemoryWords {

    private static final double GIGABYTE = 1e9;

    private MemoryWords() {}

    /** With a capital, to begin a line with: "Fits". */
    public static String verdict(Verdict verdict) {
        String word = verdict.word();
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** The style class that gives a text or a cell its verdict's colour. */
    public static String styleClass(Verdict verdict) {
        return "verdict-" + verdict.word();
    }

    /** What is held of what is granted, in one unit: "272 of 512 MB", "1.7 of 3.97 GB". */
    public static String ofBudget(long bytes, long budgetBytes) {
        if (budgetBytes < GIGABYTE) {
            return String.format(
                    Locale.ROOT,
                    "%,.0f of %s",
                    bytes / Units.MEGABYTE,
                    Units.megabytes(budgetBytes));
        }
        return String.format(Locale.ROOT, "%s of %s GB", gigabytes(bytes), gigabytes(budgetBytes));
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f", bytes / GIGABYTE);
    }

    /** The largest batch that fits, such as "64", "none" or "4,096 or more". */
    public static String largestBatch(int rows) {
        return rows == 0
                ? "none"
                : String.format(Locale.ROOT, "%,d", rows)
                        + (rows >= DeviceFit.MOST_ROWS ? " or more" : "");
    }

    /** Every part that is there, for a tooltip or a screen reader. */
    public static String parts(RunPlan plan, String between) {
        return plan.parts().stream()
                .filter(part -> part.bytes() > 0)
                .map(part -> part.name() + " " + bytes(part))
                .collect(Collectors.joining(between));
    }

    /** "91 MB"; less than half a megabyte is told as kilobytes. */
    public static String bytes(MemoryPart part) {
        long bytes = part.bytes();
        return bytes > 0 && bytes < Units.MEGABYTE / 2
                ? String.format(Locale.ROOT, "%,d kB", Math.max(1, Math.round(bytes / 1e3)))
                : Units.megabytes(bytes);
    }
}
