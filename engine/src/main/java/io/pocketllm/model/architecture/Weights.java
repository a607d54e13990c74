package io.pocketllm.model.architecture;

import io.pocketllm.model.Weight;

/** Where an architecture gets its parameters from, by the name its own class gives them. */
interface Weights {

    /**
     * A parameter that must be there.
     *
     * @throws UnusableCheckpoint where it is missing, or has another shape
     */
    Weight get(Part part, String name, long... shape);

    /** Whether a parameter is there, where a model may come without. */
    boolean has(String name);

    /** Says that {@code alias} is the parameter {@code stored} under another name. */
    void tie(String stored, String alias);
}
