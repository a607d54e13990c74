package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Attention heads that layers lost: {@code pruned_heads} of config.json, an object from a layer to
 * the list of its heads that are gone, as the transformers library's {@code prune_heads} writes it.
 * Heads keep the numbers they had before any was removed; the layer's query, key and value matrices
 * have no rows for those that are gone, and its output matrix no columns.
 */
final class PrunedHeads {

    /** Its name in config.json. */
    static final String KEY = "pruned_heads";

    /** No layer lost any. */
    static final PrunedHeads NONE = new PrunedHeads(Map.of());

    private final Map<Integer, SortedSet<Integer>> byLayer = new TreeMap<>();

    PrunedHeads(Map<Integer, ? extends Collection<Integer>> byLayer) {
        byLayer.forEach(
                (layer, heads) -> {
                    if (!heads.isEmpty()) {
                        this.byLayer.put(layer, new TreeSet<>(heads));
                    }
                });
    }

    /**
     * Reads the key; where it is missing no head is.
     *
     * @param heads heads of a whole layer
     * @throws ModelException where a layer or head is none, one is named twice, or a layer would
     *     have no head left
     */
    static PrunedHeads of(ConfigFile config, int layers, int heads) throws ModelException {
        ConfigFile object = config.object(KEY);
        Map<Integer, SortedSet<Integer>> byLayer = new TreeMap<>();
        for (String key : object.keys()) {
            if (!key.matches("0|[1-9]\\d{0,3}") || Integer.parseInt(key) >= layers) {
                throw config.unknownKey(KEY, key, "layers from \"0\" to \"" + (layers - 1) + "\"");
            }
            SortedSet<Integer> lost = new TreeSet<>();
            for (int head : object.integers(key, heads)) {
                if (!lost.add(head)) {
                    throw object.listProblem(key, "names the head " + head + " twice", heads);
                }
            }
            if (lost.size() == heads) {
                throw object.listProblem(key, "leaves the layer no head", heads);
            }
            byLayer.put(Integer.parseInt(key), lost);
        }
        return new PrunedHeads(byLayer);
    }

    /**
     * Refuses the key for an architecture whose heads cannot be removed.
     *
     * @throws ModelException where a layer lost any
     */
    static PrunedHeads none(ConfigFile config) throws ModelException {
        config.require(KEY, config.object(KEY).keys().isEmpty(), "{} for this architecture");
        return NONE;
    }

    boolean isEmpty() {
        return byLayer.isEmpty();
    }

    /** The heads a layer lost. */
    SortedSet<Integer> in(int layer) {
        return byLayer.getOrDefault(layer, new TreeSet<>());
    }
}
