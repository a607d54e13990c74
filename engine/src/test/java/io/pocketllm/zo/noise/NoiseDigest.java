package io.pocketllm.zo.noise;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/** Prints this JVM's kernel and a checksum of what it draws; run with other JVM flags by a test. */
final class NoiseDigest {

    private NoiseDigest() {}

    public static void main(String[] args) {
        System.out.println(NoiseKernels.description());
        System.out.println(digest(NoiseKernels.chosen()));
    }

    static String digest(NoiseKernel kernel) {
        int elements = 70_001;
        CRC32C crc = new CRC32C();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment theta = arena.allocate(4L * elements, 64);
            for (boolean signs : new boolean[] {false, true}) {
                long[] keys = {0x0123456789ABCDEFL, -77};
                kernel.add(theta, keys, new float[] {0.5f, -0.25f}, 0.9f, signs, 3, elements);
            }
            crc.update(theta.asByteBuffer());
        }
        return Long.toHexString(crc.getValue());
    }
}
