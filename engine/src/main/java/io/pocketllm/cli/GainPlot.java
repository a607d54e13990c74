package io.pocketllm.cli;

import io.pocketllm.run.LearningRateFinder;
import java.util.List;
import java.util.Locale;

/** A sweep of step sizes as bars of text: how far each made the loss fall. */
final class GainPlot {

    private static final int CELLS = 40;

    private GainPlot() {}

    /**
     * One line a trial. Bars are scaled to the largest fall; a loss that rose or left the numbers
     * has none, and says so.
     */
    static String of(List<LearningRateFinder.Trial> trials) {
        double most = trials.stream().mapToDouble(LearningRateFinder.Trial::gain).max().orElse(0);
        StringBuilder plot = new StringBuilder();
        for (LearningRateFinder.Trial trial : trials) {
            plot.append(
                    String.format(
                            Locale.ROOT,
                            "%-10s |%s%n",
                            Double.toString(trial.learningRate()),
                            bar(trial.gain(), most)));
        }
        return plot.toString();
    }

    private static String bar(double gain, double most) {
        if (gain == Double.NEGATIVE_INFINITY) {
            return "x left the numbers";
        }
        if (gain <= 0) {
            return String.format(Locale.ROOT, "< rose by %.4f", -gain);
        }
        int cells = Math.max(1, (int) Math.round(CELLS * gain / most));
        return String.format(Locale.ROOT, "%s fell by %.4f", "#".repeat(cells), gain);
    }
}
