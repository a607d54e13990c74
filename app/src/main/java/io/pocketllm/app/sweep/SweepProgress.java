package io.pocketllm.app.sweep;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.sweep.SweepListener;
import java.util.OptionalLong;

/**
 * Where a sweep is.
 *
 * @param place of the run that goes on, from 1; 0 before the first
 * @param of how many runs there are
 * @param settings what the run has that others have not
 * @param step of the run
 * @param steps of the run, all; 0 before it has begun
 * @param millisLeft of the sweep; empty before the first run has ended
 */
public record SweepProgress(
        int place, int of, String settings, int step, int steps, OptionalLong millisLeft) {

    /** Before the first run. */
    static final SweepProgress NONE = new SweepProgress(0, 0, "", 0, 0, OptionalLong.empty());

    static SweepProgress of(SweepListener.Position position, int step, int steps) {
        return new SweepProgress(
                position.place(),
                position.of(),
                position.combination().describe(),
                step,
                steps,
                position.millisLeft());
    }

    /** From 0 to 1: the runs before this one, and this one's steps. */
    public double share() {
        if (of == 0) {
            return 0;
        }
        double within = steps == 0 ? 0 : Math.min(1, (double) step / steps);
        return (place - 1 + within) / of;
    }

    /** Such as "run 3 of 12 · seed=7 · step 40 of 150 · 5 min left". */
    public String text() {
        if (place == 0) {
            return "";
        }
        return "run "
                + place
                + " of "
                + of
                + (settings.isEmpty() ? "" : " · " + settings)
                + (steps == 0 ? "" : " · step " + step + " of " + steps)
                + (millisLeft.isPresent()
                        ? " · " + Units.duration(millisLeft.getAsLong() / 1000.0) + " left"
                        : "");
    }
}
