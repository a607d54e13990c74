package io.pocketllm.zo.noise;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One number at a time, in plain Java: the definition to read, what runs where the Vector API is
 * missing, and the ends of ranges that are no whole blocks.
 */
public final class ScalarKernel implements NoiseKernel {

    static final ScalarKernel INSTANCE = new ScalarKernel();

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private static final int CHUNK = SIGN_BLOCK;

    private ScalarKernel() {}

    @Override
    public void add(
            MemorySegment theta,
            long[] keys,
            float[] a,
            float keep,
            boolean signs,
            long from,
            long to) {
        float[] z = new float[(int) Math.min(CHUNK, to - from)];
        float[] sum = new float[z.length];
        long end;
        for (long start = from; start < to; start = end) {
            // Chunks end where blocks do, so that no block is drawn twice.
            end = Math.min(to, (start / CHUNK + 1) * CHUNK);
            int count = (int) (end - start);
            for (int i = 0; i < count; i++) {
                sum[i] = keep * theta.getAtIndex(FLOAT, start + i);
            }
            for (int d = 0; d < keys.length; d++) {
                fill(z, 0, keys[d], signs, start, end);
                float scale = a[d];
                for (int i = 0; i < count; i++) {
                    sum[i] += scale * z[i];
                }
            }
            MemorySegment.copy(sum, 0, theta, FLOAT, start * Float.BYTES, count);
        }
    }

    @Override
    public void scale(MemorySegment theta, float keep, long from, long to) {
        for (long i = from; i < to; i++) {
            theta.setAtIndex(FLOAT, i, keep * theta.getAtIndex(FLOAT, i));
        }
    }

    /** Element {@code i} of a stream. */
    public static float at(long key, boolean signs, long i) {
        if (signs) {
            int j = (int) i & 31;
            long bits = words(key, (i / SIGN_BLOCK) * (SIGN_BLOCK / 64) + (j & 15));
            int word = (int) (j < 16 ? bits >>> 32 : bits);
            return word << ((int) i >>> 5) < 0 ? -1f : 1f;
        }
        long bits = words(key, i / NORMAL_BLOCK * (NORMAL_BLOCK / 2) + (i & 31));
        int angle = (int) bits;
        float radius = BoxMuller.signedRadius((int) (bits >>> 32), angle);
        float t = BoxMuller.quarterTurns(angle);
        return radius * ((i & 32) == 0 ? BoxMuller.cos(t) : BoxMuller.sin(t));
    }

    @Override
    public void fill(float[] target, int offset, long key, boolean signs, long from, long to) {
        int block = signs ? SIGN_BLOCK : NORMAL_BLOCK;
        long end;
        for (long start = from; start < to; start = end) {
            long base = start / block * block;
            end = Math.min(to, base + block);
            int at = offset + (int) (start - from);
            if (signs) {
                fillSigns(target, at, key, base, (int) (start - base), (int) (end - base));
            } else {
                fillNormal(target, at, key, base, (int) (start - base), (int) (end - base));
            }
        }
    }

    /** Elements first to last, excluded, of the block that starts at {@code base}. */
    private static void fillNormal(
            float[] target, int at, long key, long base, int first, int last) {
        int half = NORMAL_BLOCK / 2;
        int shift = at - first;
        for (int j = 0; j < half; j++) {
            boolean cosine = j >= first && j < last;
            boolean sine = j + half >= first && j + half < last;
            if (cosine || sine) {
                long bits = words(key, base / 2 + j);
                int angle = (int) bits;
                float radius = BoxMuller.signedRadius((int) (bits >>> 32), angle);
                float t = BoxMuller.quarterTurns(angle);
                if (cosine) {
                    target[shift + j] = radius * BoxMuller.cos(t);
                }
                if (sine) {
                    target[shift + j + half] = radius * BoxMuller.sin(t);
                }
            }
        }
    }

    private static void fillSigns(
            float[] target, int at, long key, long base, int first, int last) {
        int[] words = signWords(key, base, new int[32]);
        for (int i = first; i < last; i++) {
            boolean minus = words[i & 31] << (i >>> 5) < 0;
            target[at + i - first] = minus ? -1f : 1f;
        }
    }

    /** The 32 words of the block of signs that starts at {@code base}. */
    static int[] signWords(long key, long base, int[] words) {
        for (int j = 0; j < 16; j++) {
            long bits = words(key, base / 64 + j);
            words[j] = (int) (bits >>> 32);
            words[j + 16] = (int) bits;
        }
        return words;
    }

    private static long words(long key, long counter) {
        return Threefry.bits((int) (key >>> 32), (int) key, (int) counter, (int) (counter >>> 32));
    }

    @Override
    public String description() {
        return "scalar";
    }
}
