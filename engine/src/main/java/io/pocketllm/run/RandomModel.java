package io.pocketllm.run;

import io.pocketllm.model.BuiltinModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.architecture.RandomCheckpoint;
import io.pocketllm.model.architecture.ShapeCatalogue;
import io.pocketllm.model.architecture.ShapeInfo;
import io.pocketllm.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model folder that a run file may name, of a published shape with random weights: its memory and
 * its time on a phone are those of the published model, its answers are none. The tokenizer is the
 * default model's, whose words are the first rows of the larger table.
 */
public final class RandomModel {

    private static final long SEED = 20240607;

    /** Words of the default model's tokenizer. */
    private static final int WORDS = 30_522;

    private RandomModel() {}

    /**
     * Writes config.json, model.safetensors and tokenizer.json.
     *
     * @param folder must not be there
     * @param shape a name of the {@link ShapeCatalogue}
     * @param stored F32, F16 or BF16
     * @param cache folder the default model is unpacked to
     * @return bytes of the weights
     * @throws ModelException where there is no such shape, its table has too few words for the
     *     tokenizer, or the folder is there or cannot be written
     */
    public static long write(Path folder, String shape, DType stored, Path cache)
            throws ModelException {
        ModelInfo info = ShapeInfo.of(shape, stored);
        if (info.vocabularySize() < WORDS) {
            throw new ModelException(
                    shape + " has " + info.vocabularySize() + " words, the tokenizer " + WORDS,
                    "Choose a shape that was published.");
        }
        if (Files.exists(folder)) {
            throw new ModelException(folder + ": is there already", "Name a new folder.");
        }
        Path tokenizer = BuiltinModel.unpack(cache).tokenizer();
        long bytes = RandomCheckpoint.write(folder, shape, stored, SEED);
        try {
            Files.write(folder.resolve("tokenizer.json"), Files.readAllBytes(tokenizer));
        } catch (IOException e) {
            throw new ModelException(
                    folder + ": cannot be written (" + e.getMessage() + ")",
                    "Check the disk's free space.");
        }
        return bytes;
    }
}
