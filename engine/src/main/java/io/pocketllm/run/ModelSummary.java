package io.pocketllm.run;

import io.pocketllm.model.ModelInfo;
import java.util.List;

/**
 * What a model is and what it can be trained for, told from its files alone: no run file, no data,
 * no forward pass.
 *
 * @param name name for people
 * @param path as a run file's {@code model.path} would name it
 * @param info what it is made of
 * @param weightBytes its weights in the format they are stored in; they stay mapped from the file
 * @param objectives the values of {@code objective.kind} that fit it, in the order of {@link
 *     ObjectiveKind}
 */
public record ModelSummary(
        String name, String path, ModelInfo info, long weightBytes, List<String> objectives) {

    /** A summary of its own lists. */
    public ModelSummary {
        objectives = List.copyOf(objectives);
    }

    /** Bytes of the fp32 copy that full-parameter training moves. */
    public long fp32Bytes() {
        return 4 * info.parameters();
    }
}
