package io.pocketllm.run.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep file says, as read and checked by {@link SweepFile}.
 *
 * @param name what people call the sweep
 * @param parameters what differs between runs; the last one changes fastest
 * @param search which of the combinations are run
 * @param goal what the best run is best at
 * @param stopEarly when a run that does badly is stopped; empty for never
 * @param most how long one call may take before it stops in good order; empty for no end
 */
public record SweepSpec(
        String name,
        List<Parameter> parameters,
        Search search,
        Goal goal,
        Optional<MedianRule> stopEarly,
        Optional<Duration> most) {

    /** More runs than this are a slip of the pen. */
    public static final int MOST_RUNS = 10_000;

    /** Which combinations are run. */
    public sealed interface Search {}

    /** Every value with every other. */
    public record Grid() implements Search {}

    /**
     * Values drawn independently.
     *
     * @param runs how many different combinations
     * @param seed decides them; with a larger {@code runs} the first ones stay
     */
    public record Random(int runs, long seed) implements Search {}
}
