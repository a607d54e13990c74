package io.pocketllm.device;

import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/**
 * Binds a program to as many of this computer's cores as it would have big ones on the phone.
 *
 * <p>The starting thread is bound for the moment of the start, for a process inherits what its
 * starter has: so there is no time in which it runs unbound, and no thread of it that escapes.
 */
final class CoreAffinity {

    private CoreAffinity() {}

    /**
     * A program and the cores it has.
     *
     * @param process the started program
     * @param cores cores it is bound to; 0 where it is not bound
     */
    record Started(Process process, int cores) {}

    /** Starts a program on at most {@code cores} of the cores this thread may use. */
    static Started start(ProcessBuilder builder, int cores) throws IOException {
        Optional<BitSet> allowed = NativeLinux.affinity();
        if (allowed.isEmpty() || !NativeLinux.setAffinity(first(allowed.get(), cores))) {
            return new Started(builder.start(), 0);
        }
        try {
            return new Started(builder.start(), Math.min(cores, allowed.get().cardinality()));
        } finally {
            NativeLinux.setAffinity(allowed.get());
        }
    }

    /** How many cores a program would be bound to; 0 where this system does not bind. */
    static int available(int cores) {
        return NativeLinux.affinity().map(a -> Math.min(cores, a.cardinality())).orElse(0);
    }

    /** The first {@code count} of the cores, or all where there are fewer. */
    static BitSet first(BitSet cores, int count) {
        BitSet chosen = new BitSet();
        int core = cores.nextSetBit(0);
        for (int i = 0; i < count && core >= 0; i++) {
            chosen.set(core);
            core = cores.nextSetBit(core + 1);
        }
        return chosen;
    }
}
