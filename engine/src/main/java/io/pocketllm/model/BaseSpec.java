package io.pocketllm.model;

/**
 * A base format with its block size.
 *
 * @param format how the large matrices are kept
 * @param blockSize inputs that share a scale: 32, 64 or 128. Linear layers in {@link
 *     BaseFormat#INT8} have no blocks, but their model's table of words has
 */
public record BaseSpec(BaseFormat format, int blockSize) {

    /** Where nothing else is said; see docs/quantisation.md for the measurement. */
    public static final int DEFAULT_BLOCK_SIZE = 128;

    /**
     * @throws IllegalArgumentException where the block size is none of the three
     */
    public BaseSpec {
        if (blockSize != 32 && blockSize != 64 && blockSize != 128) {
            throw new IllegalArgumentException(
                    "blocks of " + blockSize + " inputs; 32, 64 and 128 are allowed");
        }
    }

    /** With the default block size. */
    public static BaseSpec of(BaseFormat format) {
        return new BaseSpec(format, DEFAULT_BLOCK_SIZE);
    }

    /** {@code int4-64}: names files in the cache. */
    public String label() {
        return format.isQuantised() ? format.label() + "-" + blockSize : format.label();
    }
}
