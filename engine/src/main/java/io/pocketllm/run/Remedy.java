package io.pocketllm.run;

import io.pocketllm.model.ModelInfo;
import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.zo.MethodSpec.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A change of a run file after which the run fits.
 *
 * @param what the change for people, such as "a batch of 4"
 * @param changes dotted keys and their values, for {@link RunFile#with(Map)}
 * @param totalBytes the plan's sum after it
 */
public record Remedy(String what, Map<String, String> changes, long totalBytes) {

    private static final String BASE = "model.base";
    private static final String SPACE = "method.space";
    private static final String PIECES = "training.microBatch";

    /** Copies the changes. */
    public Remedy {
        changes = Map.copyOf(changes);
    }

    /**
     * The changes as {@code KEY=VALUE}, in the order of their keys, as {@code --set} takes them.
     */
    public String settings() {
        return new TreeMap<>(changes)
                .entrySet().stream()
                        .map(change -> change.getKey() + "=" + change.getValue())
                        .collect(Collectors.joining(" "));
    }

    /**
     * The changes that make a run fit, those that change its result least first. Each is tried as a
     * run file of its own, so that what is offered is also allowed.
     *
     * @param largestBatch the largest batch that fits; 0 for none
     */
    static List<Remedy> find(
            RunFile file, String modelName, ModelInfo info, long budgetBytes, int largestBatch) {
        List<Remedy> found = new ArrayList<>();
        for (List<Idea> group : ideas(file, largestBatch)) {
            for (Idea idea : group) {
                Remedy remedy = tried(idea, file, modelName, info, budgetBytes);
                if (remedy != null) {
                    found.add(remedy);
                    break;
                }
            }
        }
        return found;
    }

    /** The change as a remedy; null where the run would still not fit, or not be allowed. */
    private static Remedy tried(
            Idea idea, RunFile file, String modelName, ModelInfo info, long budgetBytes) {
        try {
            RunFile changed = file.with(idea.changes());
            long bytes = RunPlan.of(PlannedRun.request(changed, modelName, info)).totalBytes();
            return Verdict.of(bytes, budgetBytes) == Verdict.FITS
                    ? new Remedy(idea.what(), idea.changes(), bytes)
                    : null;
        } catch (RunFileException e) {
            // Not for this run: a quantised base, say, where every weight moves.
            return null;
        }
    }

    private record Idea(String what, Map<String, String> changes) {}

    /** Groups of changes of one kind, the smallest change of each first. */
    private static List<List<Idea>> ideas(RunFile file, int largestBatch) {
        int batch = file.spec().training().batchSize();
        List<Idea> pieces = new ArrayList<>();
        for (int piece = Integer.highestOneBit(Math.max(1, batch - 1)); piece > 1; piece /= 2) {
            String what = "the same batch, " + piece + " examples at a time";
            pieces.add(new Idea(what, Map.of(PIECES, "" + piece)));
        }
        pieces.add(new Idea("the same batch, one example at a time", Map.of(PIECES, "1")));
        List<List<Idea>> ideas = new ArrayList<>();
        ideas.add(pieces);
        if (largestBatch > 0 && largestBatch < batch) {
            Map<String, String> smaller = Map.of("training.batchSize", "" + largestBatch);
            ideas.add(List.of(new Idea("a batch of " + largestBatch, smaller)));
        }
        ideas.add(
                List.of(
                        new Idea("an int8 base", Map.of(BASE, "int8")),
                        new Idea("an int4 base", Map.of(BASE, "int4"))));
        if (file.spec().method().space() == Space.FULL) {
            Map<String, String> least = Map.of(SPACE, "lora", BASE, "int4", PIECES, "1");
            ideas.add(
                    List.of(
                            new Idea("adapters in place of all parameters", Map.of(SPACE, "lora")),
                            new Idea(
                                    "adapters over an int8 base",
                                    Map.of(SPACE, "lora", BASE, "int8")),
                            new Idea("adapters over an int4 base, one example at a time", least)));
        }
        return ideas;
    }
}
