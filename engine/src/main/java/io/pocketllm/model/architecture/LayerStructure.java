package io.pocketllm.model.architecture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What has to be known of a checkpoint to write it with fewer heads or layers.
 *
 * @param config a copy of its config.json
 * @param layersKey the key of it that says how many layers are stored
 * @param prunedHeadsKey the key of it that says which heads layers lost
 * @param storedLayers layers in the file
 * @param uses how often in a row a token passes each of them
 * @param losesHeads whether this architecture's configuration can say that layers lost heads
 * @param heads the heads each stored layer has, by the numbers they had before any was removed
 * @param headsOfWholeLayer heads of a layer that lost none
 * @param headSize numbers of one head
 */
public record LayerStructure(
        ObjectNode config,
        String layersKey,
        String prunedHeadsKey,
        int storedLayers,
        int uses,
        boolean losesHeads,
        List<List<Integer>> heads,
        int headsOfWholeLayer,
        int headSize) {

    /** Copies the list. */
    public LayerStructure {
        heads = List.copyOf(heads);
    }

    /** Heads of all stored layers. */
    public int headCount() {
        return heads.stream().mapToInt(List::size).sum();
    }
}
