package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * One run of a sweep: a value for each parameter.
 *
 * @param number 1 for the first of the whole sweep, whichever computer runs it
 * @param settings key to value, all parameters
 * @param varied those of them that have other values in other runs
 */
public record Combination(
        int number, Map<String, JsonNode> settings, Map<String, JsonNode> varied) {

    /** The name of its folder, such as {@code run-0001}. */
    public String folderName() {
        return String.format(Locale.ROOT, "run-%04d", number);
    }

    /** What tells it from the others, such as {@code learningRate=0.1, seed=7}. */
    public String describe() {
        return SettingText.of(varied);
    }
}
