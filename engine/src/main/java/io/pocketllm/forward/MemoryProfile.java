package io.pocketllm.forward;

import java.util.Arrays;
import java.util.Optional;

/**
 * Memory against time, in one word. What each costs is measured in docs/quantisation.md. Packed
 * copies of constant matrices are made in all three: without them quantised matrices are slower
 * <em>and</em> larger.
 */
public enum MemoryProfile {
    /**
     * Memory that a forward pass used is kept for the next one, and threads wait for work without
     * sleeping. The resident set follows the largest batch ever seen.
     */
    FAST("fast", true, true),
    /** Memory is kept for the next pass; threads sleep while there is nothing to compute. */
    BALANCED("balanced", true, false),
    /** Every value is given back to the system as soon as nothing reads it. */
    SMALLEST("smallest", false, false);

    private final String label;
    private final boolean keepsMemory;
    private final boolean spins;

    MemoryProfile(String label, boolean keepsMemory, boolean spins) {
        this.label = label;
        this.keepsMemory = keepsMemory;
        this.spins = spins;
    }

    /** Its name in a run file. */
    public String label() {
        return label;
    }

    /** Whether ONNX Runtime's arena is on. */
    boolean keepsMemory() {
        return keepsMemory;
    }

    /** Whether threads spin between calls. */
    boolean spins() {
        return spins;
    }

    /** The profile of that name. */
    public static Optional<MemoryProfile> of(String label) {
        return Arrays.stream(values()).filter(p -> p.label.equals(label)).findFirst();
    }
}
