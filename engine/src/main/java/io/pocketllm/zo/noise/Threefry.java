package io.pocketllm.zo.noise;

/**
 * Threefry-2x32 with 13 rounds: 64 random bits from a counter and a key (Salmon et al., "Parallel
 * random numbers: as easy as 1, 2, 3", SC 2011). Additions, rotations and exclusive ors of 32-bit
 * integers only, so every platform gives the same bits and any counter can be asked for in any
 * order.
 */
public final class Threefry {

    private static final int ROUNDS = 13;

    /** The key schedule's parity constant, from the Threefish cipher. */
    static final int PARITY = 0x1BD11BDA;

    private static final int[] ROTATIONS = {13, 15, 26, 6, 17, 29, 16, 24};

    private Threefry() {}

    /**
     * Encrypts a counter.
     *
     * @return the first word in the upper half, the second in the lower
     */
    public static long bits(int key0, int key1, int counter0, int counter1) {
        int key2 = PARITY ^ key0 ^ key1;
        int x0 = counter0 + key0;
        int x1 = counter1 + key1;
        for (int round = 0; round < ROUNDS; round++) {
            x0 += x1;
            x1 = Integer.rotateLeft(x1, ROTATIONS[round & 7]) ^ x0;
            if ((round & 3) == 3) {
                int injection = (round >>> 2) + 1;
                x0 += scheduled(injection, key0, key1, key2);
                x1 += scheduled(injection + 1, key0, key1, key2) + injection;
            }
        }
        return (long) x0 << 32 | x1 & 0xFFFFFFFFL;
    }

    private static int scheduled(int i, int key0, int key1, int key2) {
        return switch (i % 3) {
            case 0 -> key0;
            case 1 -> key1;
            default -> key2;
        };
    }
}
