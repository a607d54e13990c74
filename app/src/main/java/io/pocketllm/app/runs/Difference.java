package io.pocketllm.app.runs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A setting in which runs differ.
 *
 * @param key its dotted key in the run file
 * @param values its value in each run, in the runs' order; "–" where the run file leaves it out
 */
public record Difference(String key, List<String> values) {

    /** What a run file that leaves a key out is shown with. */
    public static final String LEFT_OUT = "–";

    /** The name is at the head of its column already. */
    private static final Set<String> NOT_COMPARED = Set.of("name", "version");

    /**
     * Only what differs, in the order of the run files.
     *
     * @param runs each run's values by dotted key
     */
    public static List<Difference> between(List<Map<String, String>> runs) {
        Set<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> keys.addAll(run.keySet()));
        keys.removeAll(NOT_COMPARED);
        List<Difference> differences = new ArrayList<>();
        for (String key : keys) {
            List<String> values =
                    runs.stream().map(run -> run.getOrDefault(key, LEFT_OUT)).toList();
            if (values.stream().distinct().count() > 1) {
                differences.add(new Difference(key, values));
            }
        }
        return List.copyOf(differences);
    }

    /** The values as people read them: paths short, numbers with their units. */
    public List<String> shown() {
        return SettingWords.of(key, values);
    }
}
