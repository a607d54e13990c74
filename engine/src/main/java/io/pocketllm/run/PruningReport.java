package io.pocketllm.run;

import io.pocketllm.objective.Importance;
import io.pocketllm.objective.PruningLoss.Measured;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was taken away from a model and what that did.
 *
 * @param out the folder that was written
 * @param architecture {@code model_type} of its config.json
 * @param before the model as it was
 * @param after the model as it was written
 * @param zeroed weights that are zero by magnitude
 * @param removedLayers layers that went, in that order, with the rise when each did
 * @param layerImportance what each layer's loss alone did to the whole model; empty where none went
 * @param removedHeads heads that went, least important first
 * @param headImportance what each head's loss alone did, after the layers had gone; empty where
 *     none went
 * @param measure what importance was measured by; empty where nothing was measured
 */
public record PruningReport(
        Path out,
        String architecture,
        Size before,
        Size after,
        long zeroed,
        List<Importance.Layer> removedLayers,
        List<Importance.Layer> layerImportance,
        List<Importance.Head> removedHeads,
        List<Importance.Head> headImportance,
        Optional<Measure> measure) {

    /** Copies the lists. */
    public PruningReport {
        removedLayers = List.copyOf(removedLayers);
        layerImportance = List.copyOf(layerImportance);
        removedHeads = List.copyOf(removedHeads);
        headImportance = List.copyOf(headImportance);
    }

    /**
     * How large a model is.
     *
     * @param layers stored layers
     * @param heads attention heads of all of them
     * @param parameters numbers of its weights
     * @param weightBytes their size in the file
     */
    public record Size(int layers, int heads, long parameters, long weightBytes) {}

    /**
     * What was measured before and after.
     *
     * @param kind {@code zero-shot-loss} or {@code hidden-states}
     * @param texts how many texts were read
     */
    public record Measure(String kind, int texts, Measured before, Measured after) {}
}
