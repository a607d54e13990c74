package io.pocketllm.zo.noise;

import java.lang.foreign.MemorySegment;

/**
 * Draws the numbers of one or more streams. Every kernel gives the same bits, for any range.
 *
 * <p>A stream is a 64-bit key and a kind. Its elements, counted by 64 bits:
 *
 * <ul>
 *   <li>Normal: elements come in blocks of 64. Pair j of block b is Box and Muller's of the two
 *       words of Threefry at counter 32 b + j; its cosine is element 64 b + j and its sine element
 *       64 b + 32 + j.
 *   <li>Signs: elements come in blocks of 1024, drawn from 32 words of 32 bits. Words j and j + 16
 *       of block b are the two words of Threefry at counter 16 b + j. Bit 31 − k of word j decides
 *       element 1024 b + 32 k + j: set means −1.
 * </ul>
 *
 * Neighbours lie next to each other in a vector register of any width up to 16 lanes, so that no
 * kernel ever has to move numbers between lanes.
 */
public sealed interface NoiseKernel permits ScalarKernel, VectorKernel {

    /** Elements of a block of normal numbers. */
    int NORMAL_BLOCK = 64;

    /** Elements of a block of signs. */
    int SIGN_BLOCK = 1024;

    /**
     * θ = keep·θ + a[0]·z₀ + a[1]·z₁ + … over elements [from, to), added in this order, each
     * operation rounded to fp32, in one pass over the memory.
     *
     * @param theta fp32 numbers in native byte order, outside the heap; element 0 first
     * @param keys a stream's key each
     * @param a a factor each
     * @param signs the kind of all streams: ±1 instead of normal numbers
     */
    void add(
            MemorySegment theta,
            long[] keys,
            float[] a,
            float keep,
            boolean signs,
            long from,
            long to);

    /** θ = keep·θ over elements [from, to): weight decay alone, and what the memory allows. */
    void scale(MemorySegment theta, float keep, long from, long to);

    /** z itself: element i of the stream to {@code target[offset + i - from]}. */
    void fill(float[] target, int offset, long key, boolean signs, long from, long to);

    /** What the log says, such as "vector, 16 lanes". */
    String description();
}
