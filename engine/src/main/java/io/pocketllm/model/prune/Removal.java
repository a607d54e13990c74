package io.pocketllm.model.prune;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is taken away from a model.
 *
 * @param magnitude share of each linear layer's weights that become zero, those of smallest size
 *     (arXiv 1506.02626); 0 for none
 * @param layers stored layers that go, counted from 0
 * @param heads attention heads that go, by stored layer, under the numbers they had before any was
 *     removed
 */
public record Removal(
        double magnitude, SortedSet<Integer> layers, SortedMap<Integer, SortedSet<Integer>> heads) {

    /** Copies the sets. */
    public Removal {
        if (!(magnitude >= 0 && magnitude < 1)) {
            throw new IllegalArgumentException("a share of " + magnitude);
        }
        layers = new TreeSet<>(layers);
        SortedMap<Integer, SortedSet<Integer>> copy = new TreeMap<>();
        heads.forEach((layer, numbers) -> copy.put(layer, new TreeSet<>(numbers)));
        heads = copy;
    }

    /** Of sets in any order. */
    public static Removal of(
            double magnitude, Set<Integer> layers, Map<Integer, ? extends Set<Integer>> heads) {
        SortedMap<Integer, SortedSet<Integer>> sorted = new TreeMap<>();
        heads.forEach((layer, numbers) -> sorted.put(layer, new TreeSet<>(numbers)));
        return new Removal(magnitude, new TreeSet<>(layers), sorted);
    }

    /** The number a layer has when those before it are gone. */
    int newNumber(int layer) {
        return layer - layers.headSet(layer).size();
    }

    /** The heads that go of a layer. */
    SortedSet<Integer> headsOf(int layer) {
        return heads.getOrDefault(layer, new TreeSet<>());
    }
}
