package io.pocketllm.model.architecture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.model.ModelException;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.SafetensorsStream;
import io.pocketllm.tensor.SafetensorsStream.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a Hugging Face folder of a known shape with random weights, so that speed and memory can
 * be measured without the published checkpoint. Matrices are uniform with the standard deviation
 * 0.02 that these models start from, norms 1, biases 0: a function of seed and place alone. Written
 * as a stream; memory does not grow with the model. The folder gets no tokenizer.
 */
public final class RandomCheckpoint {

    private static final float STANDARD_DEVIATION = 0.02f;
    private static final int CHUNK_BYTES = 1 << 20;

    private RandomCheckpoint() {}

    /**
     * Writes config.json and model.safetensors.
     *
     * @param folder made where it is not there
     * @param shape a name of the {@link ShapeCatalogue}
     * @param dtype F32, F16 or BF16
     * @return bytes of the weights
     * @throws ModelException where there is no such shape, or the folder cannot be written
     */
    public static long write(Path folder, String shape, DType dtype, long seed)
            throws ModelException {
        ObjectNode config = ShapeCatalogue.config(shape);
        config.put(
                "torch_dtype",
                switch (dtype) {
                    case F32 -> "float32";
                    case F16 -> "float16";
                    case BF16 -> "bfloat16";
                    default -> throw new IllegalArgumentException(dtype + " holds no weights");
                });
        Architecture architecture = Architectures.of(ConfigFile.of(shape, config));
        List<Entry> entries = TensorList.of(architecture, dtype);
        try {
            Files.createDirectories(folder);
            try (SafetensorsStream stream =
                    new SafetensorsStream(
                            folder.resolve("model.safetensors"), entries, Map.of("format", "pt"))) {
                ByteBuffer chunk =
                        ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < entries.size(); i++) {
                    write(stream, chunk, entries.get(i), mix(seed + (i + 1) * GOLDEN_GAMMA));
                }
                stream.finish();
            }
            Files.writeString(
                    folder.resolve(ConfigFile.NAME),
                    new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config));
        } catch (IOException e) {
            throw new ModelException(
                    folder + ": cannot be written (" + e.getMessage() + ")",
                    "Check that the disk has room for the weights.");
        }
        return entries.stream().mapToLong(Entry::bytes).sum();
    }

    private static void write(SafetensorsStream stream, ByteBuffer chunk, Entry entry, long key)
            throws IOException {
        boolean vector = entry.shape().length == 1;
        // A vector is a norm's scale or shift, or a bias.
        float constant = entry.name().endsWith(".weight") ? 1 : 0;
        // Uniform from -1 to 1 deviates by the root of a third.
        float width = STANDARD_DEVIATION * (float) Math.sqrt(3);
        long elements = entry.bytes() / entry.dtype().bytes();
        int perChunk = CHUNK_BYTES / entry.dtype().bytes();
        for (long from = 0; from < elements; from += perChunk) {
            int count = (int) Math.min(perChunk, elements - from);
            chunk.clear();
            for (int i = 0; i < count; i++) {
                float value = vector ? constant : width * uniform(key, from + i);
                switch (entry.dtype()) {
                    case F32 -> chunk.putFloat(value);
                    case F16 -> chunk.putShort(Float.floatToFloat16(value));
                    default -> chunk.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
                }
            }
            stream.append(chunk.flip());
        }
    }

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** From -1 to 1, 24 bits. */
    private static float uniform(long key, long element) {
        return (mix(key + (element + 1) * GOLDEN_GAMMA) >> 40) * 0x1p-23f;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
