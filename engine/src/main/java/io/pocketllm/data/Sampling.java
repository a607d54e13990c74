package io.pocketllm.data;

/**
 * How many examples are kept of files that may hold any number.
 *
 * @param fewShot training examples of each class, or in all where there are no classes; null for
 *     all of them
 * @param fewShotValidation the same of the validation part
 * @param maxTrain most training examples
 * @param maxValidation most validation examples
 * @param maxTest most test examples
 * @param seed decides which
 */
public record Sampling(
        Integer fewShot,
        Integer fewShotValidation,
        int maxTrain,
        int maxValidation,
        int maxTest,
        long seed) {

    /** Most training examples where nothing else is said: some 40 MB of tokens. */
    public static final int MAX_TRAIN = 100_000;

    /** Most validation and most test examples where nothing else is said. */
    public static final int MAX_HELD_OUT = 2_000;

    /** No few-shot sample, and the usual limits. */
    public static Sampling usual(long seed) {
        return new Sampling(null, null, MAX_TRAIN, MAX_HELD_OUT, MAX_HELD_OUT, seed);
    }

    /** The same limits, drawn by another seed. */
    public Sampling withSeed(long other) {
        return new Sampling(fewShot, fewShotValidation, maxTrain, maxValidation, maxTest, other);
    }

    /** What is kept of one part. */
    PartSample of(Part part, java.util.List<String> labels) {
        long partSeed = seed * 0x9E3779B97F4A7C15L + part.ordinal();
        return switch (part) {
            case TRAIN -> new PartSample(part, labels, fewShot, maxTrain, partSeed);
            case VALIDATION ->
                    new PartSample(part, labels, fewShotValidation, maxValidation, partSeed);
            case TEST -> new PartSample(part, labels, null, maxTest, partSeed);
        };
    }
}
