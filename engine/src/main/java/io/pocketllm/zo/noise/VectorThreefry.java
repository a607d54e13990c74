package io.pocketllm.zo.noise;

import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Threefry}, a counter a lane. */
final class VectorThreefry {

    /** As wide as this processor has it, at most 16 lanes. */
    static final VectorSpecies<Integer> SPECIES =
            IntVector.SPECIES_PREFERRED.length() <= 16
                    ? IntVector.SPECIES_PREFERRED
                    : IntVector.SPECIES_512;

    static final int LANES = SPECIES.length();

    private static final IntVector STEPS = IntVector.zero(SPECIES).addIndex(1);

    private VectorThreefry() {}

    /**
     * Both words of {@code count} counters from {@code counter} on: first words to {@code
     * first[0..count)}, second words to {@code second[at..at + count)}.
     *
     * @param counter a multiple of {@code count}
     * @param count a power of two, at least 16
     */
    static void words(long key, long counter, int count, int[] first, int[] second, int at) {
        int key0 = (int) (key >>> 32);
        int key1 = (int) key;
        int key2 = Threefry.PARITY ^ key0 ^ key1;
        int low = (int) counter + key0;
        // A range that starts at a multiple of its length never crosses into the upper word.
        int high = (int) (counter >>> 32) + key1;
        // The rounds stand here one by one: a vector handed to a method of our own could become an
        // object on the heap where the compiler does not inline it.
        int vectors = count / LANES;
        for (int v = 0; v < vectors; v++) {
            IntVector x0 = STEPS.add(low + v * LANES);
            IntVector x1 = IntVector.broadcast(SPECIES, high);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 15).lanewise(XOR, x0);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 26).lanewise(XOR, x0);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
            x0 = x0.add(key1);
            x1 = x1.add(key2 + 1);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 17).lanewise(XOR, x0);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 29).lanewise(XOR, x0);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 16).lanewise(XOR, x0);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 24).lanewise(XOR, x0);
            x0 = x0.add(key2);
            x1 = x1.add(key0 + 2);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 15).lanewise(XOR, x0);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 26).lanewise(XOR, x0);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
            x0 = x0.add(key0);
            x1 = x1.add(key1 + 3);
            x0 = x0.add(x1);
            x1 = x1.lanewise(ROL, 17).lanewise(XOR, x0);
            x0.intoArray(first, v * LANES);
            x1.intoArray(second, at + v * LANES);
        }
    }
}
