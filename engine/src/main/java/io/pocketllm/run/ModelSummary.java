package io.pocketllm.run;

import io.pocketllm.model.ModelInfo;
import java.util.List;

/**
 * What a model is, for people who want to know before they train it.
 *
 * @param name name for people
 * @param path where it is, as it was named: a path or {@code builtin:NAME}
 * @param info what it is made of
 * @param weightBytes memory its weights take as they are stored, each tensor counted once, bytes
 * @param objectives keys of the objectives it can be trained with, as run files name them
 */
public record ModelSummary(
        String name, String path, ModelInfo info, long weightBytes, List<String> objectives) {}
