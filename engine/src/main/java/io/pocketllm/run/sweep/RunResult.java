package io.pocketllm.run.sweep;

import io.pocketllm.run.Event;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunOverview;
import java.io.IOException;

/**
 * How the run of a combination went.
 *
 * @param state where it stands
 * @param step steps taken
 * @param loss held-out loss, nats; NaN where it was not measured
 * @param accuracy held-out accuracy, 0 to 1; NaN like {@code loss}
 * @param testAccuracy at the end, 0 to 1; NaN where it did not get there
 * @param peakRssBytes the most memory it held; 0 where nothing was read
 * @param elapsedMillis time of its workers
 * @param why what kept it from taking all its steps, in words; empty where nothing did
 */
public record RunResult(
        Combination combination,
        RunState state,
        int step,
        double loss,
        double accuracy,
        double testAccuracy,
        long peakRssBytes,
        long elapsedMillis,
        String why) {

    /** What a run folder says; what it has not got is NaN or 0. */
    static RunResult of(SweepFolder folder, Combination combination) throws IOException {
        RunFolder run = folder.run(combination);
        RunState state = folder.state(combination);
        if (state == RunState.WAITING || state == RunState.SKIPPED) {
            return new RunResult(
                    combination,
                    state,
                    0,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    0,
                    0,
                    folder.why(combination, state, null));
        }
        RunOverview overview = RunOverview.read(run.path());
        RunCost cost = RunCost.of(run.events());
        return new RunResult(
                combination,
                state,
                overview.step(),
                overview.loss(),
                overview.accuracy(),
                overview.end() instanceof Event.Finished e && e.testAccuracy() != null
                        ? e.testAccuracy()
                        : Double.NaN,
                cost.peakRssBytes(),
                cost.elapsedMillis(),
                folder.why(combination, state, overview.end()));
    }
}
