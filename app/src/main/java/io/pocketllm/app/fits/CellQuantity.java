package io.pocketllm.app.fits;

import io.pocketllm.app.memory.MemoryWords;
import io.pocketllm.app.text.Units;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.TimePlan;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the cells of the table tell below their verdict, and sort by. */
public enum CellQuantity {
    /** Peak memory of what the phone grants. */
    MEMORY("memory") {
        @Override
        public String text(FitRow row, DeviceFit fit) {
            return MemoryWords.ofBudget(row.plan().totalBytes(), fit.budgetBytes());
        }

        @Override
        public double order(FitRow row, DeviceFit fit) {
            return (double) row.plan().totalBytes() / fit.budgetBytes();
        }
    },
    /** Time of a step while the phone is cool. */
    STEP("step time") {
        @Override
        public String text(FitRow row, DeviceFit fit) {
            return row.time(fit.device())
                    .map(time -> Units.shortTime(time.stepMillis() / 1000) + " a step")
                    .orElse(NO_TIME);
        }

        @Override
        public double order(FitRow row, DeviceFit fit) {
            return ordered(row, fit, TimePlan::stepMillis);
        }
    },
    /** Time of a hundred steps, in which the phone gets warm. */
    HUNDRED_STEPS("100 steps") {
        @Override
        public String text(FitRow row, DeviceFit fit) {
            return row.time(fit.device())
                    .map(time -> Units.duration(time.total().toMillis() / 1000.0))
                    .orElse(NO_TIME);
        }

        @Override
        public double order(FitRow row, DeviceFit fit) {
            return ordered(row, fit, time -> time.total().toMillis());
        }
    },
    /** What a hundred steps draw. */
    BATTERY("battery") {
        @Override
        public String text(FitRow row, DeviceFit fit) {
            return row.time(fit.device())
                    .map(time -> battery(time.batteryPercent()) + " for 100")
                    .orElse(NO_TIME);
        }

        @Override
        public double order(FitRow row, DeviceFit fit) {
            return ordered(row, fit, TimePlan::batteryPercent);
        }
    };

    static final String NO_TIME = "no time known";

    private final String label;

    CellQuantity(String label) {
        this.label = label;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /** In a cell, short. */
    public abstract String text(FitRow row, DeviceFit fit);

    /** What a column is sorted by, the smallest first. */
    public abstract double order(FitRow row, DeviceFit fit);

    /** Rows without a time come last. */
    static double ordered(FitRow row, DeviceFit fit, ToDoubleFunction<TimePlan> value) {
        return row.time(fit.device()).map(value::applyAsDouble).orElse(Double.MAX_VALUE);
    }

    static String battery(double percent) {
        return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
    }
}
