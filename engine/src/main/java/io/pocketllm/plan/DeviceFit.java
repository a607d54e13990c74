package io.pocketllm.plan;

import io.pocketllm.device.DeviceProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a run on a phone.
 *
 * @param device the phone's id
 * @param name the phone's name
 * @param budgetBytes what one process may hold there
 * @param verdict what the plan says
 * @param largestBatchRows most rows of a training batch that fit; 0 where none do
 */
public record DeviceFit(
        String device, String name, long budgetBytes, Verdict verdict, int largestBatchRows) {

    /** Below this part of the budget a plan's own error does no harm. */
    private static final double COMFORTABLE = 0.9;

    /** Larger batches are not looked at. */
    public static final int MOST_ROWS = 4096;

    /** What a plan means for a budget. */
    public enum Verdict {
        /** Less than nine tenths of the budget. */
        FITS("fits"),
        /** Within the budget, by less than a plan can be wrong. */
        TIGHT("tight"),
        /** More than the budget: the low-memory killer ends the run. */
        KILLED("killed");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** For people and files. */
        public String word() {
            return word;
        }

        /** The verdict on so many bytes. */
        public static Verdict of(long bytes, long budgetBytes) {
            return bytes < COMFORTABLE * budgetBytes ? FITS : bytes <= budgetBytes ? TIGHT : KILLED;
        }
    }

    /** The fit of a run on a phone, its own batch and the largest. */
    public static DeviceFit of(PlanRequest request, DeviceProfile device) {
        return of(request, device.id(), device.name(), device.budgetBytes());
    }

    /** The same for a budget of the caller's own. */
    public static DeviceFit of(PlanRequest request, String device, String name, long budgetBytes) {
        TrainingWay way = new TrainingWay.ForwardOnly("", request);
        Verdict verdict = Verdict.of(way.plan().totalBytes(), budgetBytes);
        return new DeviceFit(device, name, budgetBytes, verdict, largest(way, budgetBytes));
    }

    /** One way on many phones, in their order; phones with the same budget share the reckoning. */
    static List<DeviceFit> all(
            TrainingWay way, RunPlan plan, List<? extends DeviceProfile> phones) {
        Map<Long, Integer> largest = new HashMap<>();
        return phones.stream()
                .map(
                        phone ->
                                new DeviceFit(
                                        phone.id(),
                                        phone.name(),
                                        phone.budgetBytes(),
                                        Verdict.of(plan.totalBytes(), phone.budgetBytes()),
                                        largest.computeIfAbsent(
                                                phone.budgetBytes(),
                                                budget -> largest(way, budget))))
                .toList();
    }

    /** A larger batch never takes less, so halving finds the largest. */
    private static int largest(TrainingWay way, long budgetBytes) {
        int fits = 0;
        int fails = MOST_ROWS + 1;
        while (fails - fits > 1) {
            int middle = (fits + fails) / 2;
            if (Verdict.of(way.plan(middle).totalBytes(), budgetBytes) == Verdict.FITS) {
                fits = middle;
            } else {
                fails = middle;
            }
        }
        return fits;
    }
}
