package io.pocketllm.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Runs that differ in nothing but their seed.
 *
 * @param <K> what tells a group from others
 * @param <R> a run
 * @param settings what all its runs share
 * @param members every run of the group, in the order they were given
 * @param finished those that took all their steps: the figures are theirs
 */
public record RunGroup<K, R>(K settings, List<R> members, List<R> finished) {

    /** Keeps the lists as they are now. */
    public RunGroup {
        members = List.copyOf(members);
        finished = List.copyOf(finished);
    }

    /**
     * Takes runs together.
     *
     * @param settings what a run was run with, its seed left out; compared with {@code equals}
     * @param finished whether a run took all its steps
     * @return the groups, in the order of their first runs
     */
    public static <K, R> List<RunGroup<K, R>> of(
            List<R> runs, Function<R, K> settings, Predicate<R> finished) {
        Map<K, List<R>> alike = new LinkedHashMap<>();
        for (R run : runs) {
            alike.computeIfAbsent(settings.apply(run), key -> new ArrayList<>()).add(run);
        }
        return alike.entrySet().stream()
                .map(
                        group ->
                                new RunGroup<>(
                                        group.getKey(),
                                        group.getValue(),
                                        group.getValue().stream().filter(finished).toList()))
                .toList();
    }

    /** How many runs there are. */
    public int runs() {
        return members.size();
    }

    /** A figure over the finished runs; NaN of one of them makes it NaN. */
    public MeanAndDeviation over(ToDoubleFunction<R> figure) {
        return MeanAndDeviation.of(finished.stream().mapToDouble(figure).toArray());
    }
}
