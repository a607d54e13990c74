package io.pocketllm.app.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.pocketllm.app.text.Units;
import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.SettingText;
import io.pocketllm.run.sweep.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * One axis of parallel coordinates, from 0 at its lower end to 1.
 *
 * @param key of the run file, or {@link #GOAL}
 * @param name for people
 * @param scale how values are spread
 * @param low value at 0; NaN for words
 * @param high value at 1; NaN for words
 * @param words values in words, from 1 down to 0; empty for numbers
 * @param ticks what is written beside the axis
 */
record Axis(
        String key,
        String name,
        Scale scale,
        double low,
        double high,
        List<String> words,
        List<Tick> ticks) {

    /** The key of the last axis. */
    static final String GOAL = "goal";

    /** More values than these are not written one by one. */
    private static final int MOST_TICKS = 7;

    /** Closer together, two ticks would lie over each other. */
    private static final double TICK_ROOM = 0.09;

    /** Below this ratio of the ends, ratios and differences look alike. */
    private static final double LEAST_RATIO = 3;

    /** How values are spread over an axis. */
    enum Scale {
        /** Equal differences. */
        LINEAR,
        /** Equal ratios. */
        LOG,
        /** One after the other. */
        WORDS
    }

    /** A value that is written beside the axis. */
    record Tick(double at, String text) {}

    /**
     * The axis of a key.
     *
     * @param values every value of the sweep, none twice; numbers sorted
     */
    static Axis of(String key, String name, List<JsonNode> values) {
        if (!values.stream().allMatch(JsonNode::isNumber)) {
            List<String> words = values.stream().map(SettingText::of).toList();
            List<Tick> ticks =
                    IntStream.range(0, words.size())
                            .mapToObj(i -> new Tick(place(i, words.size()), words.get(i)))
                            .toList();
            return new Axis(key, name, Scale.WORDS, Double.NaN, Double.NaN, words, ticks);
        }
        double[] numbers = values.stream().mapToDouble(JsonNode::doubleValue).toArray();
        Axis bare =
                numbers(
                        key,
                        name,
                        isLogSpaced(numbers) ? Scale.LOG : Scale.LINEAR,
                        numbers[0],
                        numbers[numbers.length - 1]);
        List<Tick> ticks =
                values.size() <= MOST_TICKS
                        ? values.stream()
                                .map(
                                        v ->
                                                new Tick(
                                                        bare.position(v.doubleValue()),
                                                        SettingText.of(v)))
                                .toList()
                        : bare.spread(Units::setting);
        return bare.with(bare.apart(ticks));
    }

    /** The axis of a key whose values are drawn from a range: it has all of it. */
    static Axis of(String key, String name, Values.Range range) {
        Axis bare =
                numbers(
                        key,
                        name,
                        range.log() ? Scale.LOG : Scale.LINEAR,
                        range.from(),
                        range.to());
        return bare.with(bare.apart(bare.spread(Units::setting)));
    }

    /** The axis of the goal over what was measured; without a measurement it has no ticks. */
    static Axis ofGoal(Goal goal, double[] measured) {
        String name =
                switch (goal) {
                    case ACCURACY -> "held-out accuracy";
                    case LOSS -> "held-out loss";
                };
        if (measured.length == 0) {
            return numbers(GOAL, name, Scale.LINEAR, 0, 1);
        }
        double low =
                IntStream.range(0, measured.length)
                        .mapToDouble(i -> measured[i])
                        .min()
                        .getAsDouble();
        double high =
                IntStream.range(0, measured.length)
                        .mapToDouble(i -> measured[i])
                        .max()
                        .getAsDouble();
        Axis bare = numbers(GOAL, name, Scale.LINEAR, low, high);
        DoubleFunction<String> text =
                switch (goal) {
                    case ACCURACY -> Units::percent;
                    case LOSS -> Units::loss;
                };
        return bare.with(bare.apart(bare.spread(text)));
    }

    private static Axis numbers(String key, String name, Scale scale, double low, double high) {
        return new Axis(key, name, scale, low, high, List.of(), List.of());
    }

    private Axis with(List<Tick> others) {
        return new Axis(key, name, scale, low, high, words, List.copyOf(others));
    }

    /** Log-spaced values lie evenly by their ratios and crowd at one end by their differences. */
    private static boolean isLogSpaced(double[] sorted) {
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        if (low <= 0 || high / low < LEAST_RATIO) {
            return false;
        }
        double byDifference = 0;
        double byRatio = 0;
        for (double number : sorted) {
            byDifference += (number - low) / (high - low) / sorted.length;
            byRatio += Math.log(number / low) / Math.log(high / low) / sorted.length;
        }
        return Math.abs(byRatio - 0.5) < Math.abs(byDifference - 0.5) - 1e-9;
    }

    private static double place(int index, int of) {
        return of == 1 ? 0.5 : 1 - (double) index / (of - 1);
    }

    /** Where a number lies; one half where the axis has a single value. */
    double position(double number) {
        if (low == high) {
            return 0.5;
        }
        return switch (scale) {
            case LOG -> Math.log(number / low) / Math.log(high / low);
            case LINEAR, WORDS -> (number - low) / (high - low);
        };
    }

    /** The number at a place. */
    double number(double at) {
        return switch (scale) {
            case LOG -> low * Math.pow(high / low, at);
            case LINEAR, WORDS -> low + at * (high - low);
        };
    }

    /** Where a value lies; NaN for one that the axis has not. */
    double position(JsonNode value) {
        if (scale == Scale.WORDS) {
            int index = words.indexOf(SettingText.of(value));
            return index < 0 ? Double.NaN : place(index, words.size());
        }
        return value.isNumber() ? position(value.doubleValue()) : Double.NaN;
    }

    /** A part of the axis in words, such as "0.001 to 0.01" or "lozo, mezo". */
    String words(double from, double to) {
        if (scale == Scale.WORDS) {
            List<String> within = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                double at = place(i, words.size());
                if (at >= from && at <= to) {
                    within.add(words.get(i));
                }
            }
            return within.isEmpty() ? "none" : String.join(", ", within);
        }
        return Units.setting(rounded(number(from))) + " to " + Units.setting(rounded(number(to)));
    }

    private static double rounded(double number) {
        return new java.math.BigDecimal(number).round(new java.math.MathContext(3)).doubleValue();
    }

    /** Both ends, and decades or quarters between. */
    private List<Tick> spread(DoubleFunction<String> text) {
        List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(position(low), text.apply(rounded(low))));
        if (high > low) {
            ticks.add(new Tick(1, text.apply(rounded(high))));
            if (scale == Scale.LOG) {
                double decade = Math.pow(10, Math.ceil(Math.log10(low)));
                for (double at = decade; at < high && ticks.size() < 20; at *= 10) {
                    ticks.add(new Tick(position(at), text.apply(rounded(at))));
                }
            } else {
                for (double share : new double[] {0.25, 0.5, 0.75}) {
                    ticks.add(new Tick(share, text.apply(rounded(number(share)))));
                }
            }
        }
        return ticks;
    }

    /** The first ones stay; a later one that lies over one that stays goes. */
    private List<Tick> apart(List<Tick> ticks) {
        List<Tick> kept = new ArrayList<>();
        for (Tick tick : ticks) {
            if (kept.stream().noneMatch(k -> Math.abs(k.at() - tick.at()) < TICK_ROOM)) {
                kept.add(tick);
            }
        }
        kept.sort(Comparator.comparingDouble(Tick::at));
        return kept;
    }
}
