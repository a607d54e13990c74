package io.pocketllm.model;

/**
 * Names of the weight inputs that {@link GraphOptions#withMasks} adds to a graph, fp32. With all of
 * them 1 the graph gives the bits of the plain one; so one session measures every head and layer.
 */
public final class PruningMasks {

    private PruningMasks() {}

    /**
     * What an attention layer's heads are multiplied with before its output projection, shape
     * (heads · headSize): 0 takes a head away.
     *
     * @param layer counted from 0 as tokens pass them
     */
    public static String heads(int layer) {
        return "pruning.layers." + layer + ".heads";
    }

    /** Whether a layer is passed (1) or left out (0), shape (1). */
    public static String layer(int layer) {
        return "pruning.layers." + layer;
    }
}
