package io.pocketllm.model.prune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.architecture.ConfigFile;
import io.pocketllm.model.architecture.HuggingFaceModel;
import io.pocketllm.model.architecture.LayerStructure;
import io.pocketllm.model.base.WeightWindow;
import io.pocketllm.tensor.SafetensorsStream;
import io.pocketllm.tensor.SmallestShare;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;

/**
 * Writes what stays of a model as a Hugging Face folder: config.json, model.safetensors, and copies
 * of the tokenizer's files. Needs a window of {@link #WINDOW_BYTES} on the old file and a buffer of
 * {@link #BUFFER_BYTES}, however large the model is.
 */
public final class PrunedFolder {

    static final long WINDOW_BYTES = 32L << 20;
    static final long BUFFER_BYTES = 4L << 20;

    /** Files beside the weights that say how text becomes tokens, and how texts are made. */
    private static final List<String> COMPANIONS =
            List.of(
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "added_tokens.json",
                    "vocab.txt",
                    "vocab.json",
                    "merges.txt",
                    "generation_config.json");

    /**
     * What was written.
     *
     * @param weightBytes size of all tensors in the new file
     * @param zeroed weights that were set to zero, those that were zero before counted too
     */
    public record Written(long weightBytes, long zeroed) {}

    private final HuggingFaceModel model;
    private final Removal removal;
    private long zeroed;

    private PrunedFolder(HuggingFaceModel model, Removal removal) {
        this.model = model;
        this.removal = removal;
    }

    /**
     * Fills a folder.
     *
     * @param source the folder the model was opened from
     * @param folder a folder that is there and empty
     * @param progress told the share that is done, 0 to 1
     * @throws ModelException where the model's files changed meanwhile
     */
    public static Written write(
            HuggingFaceModel model,
            Path source,
            Path folder,
            Removal removal,
            DoubleConsumer progress)
            throws ModelException, IOException {
        PrunedFolder writer = new PrunedFolder(model, removal);
        List<TensorCut> cuts = CutPlan.of(model, removal);
        long bytes = writer.weights(cuts, folder.resolve("model.safetensors"), progress);
        Files.writeString(
                folder.resolve(ConfigFile.NAME),
                new JsonMapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(writer.config())
                        + "\n");
        for (String name : COMPANIONS) {
            if (Files.isRegularFile(source.resolve(name))) {
                Files.copy(source.resolve(name), folder.resolve(name));
            }
        }
        return new Written(bytes, writer.zeroed);
    }

    private long weights(List<TensorCut> cuts, Path file, DoubleConsumer progress)
            throws ModelException, IOException {
        List<SafetensorsStream.Entry> entries = cuts.stream().map(TensorCut::entry).toList();
        long all = entries.stream().mapToLong(SafetensorsStream.Entry::bytes).sum();
        long done = 0;
        try (Arena arena = Arena.ofConfined();
                WeightWindow window = new WeightWindow(model.source(), WINDOW_BYTES);
                SafetensorsStream stream =
                        new SafetensorsStream(file, entries, Map.of("format", "pt"))) {
            MemorySegment buffer = arena.allocate(BUFFER_BYTES, 64);
            for (int i = 0; i < cuts.size(); i++) {
                write(stream, cuts.get(i), new KeptNumbers(window, cuts.get(i), buffer));
                done += entries.get(i).bytes();
                progress.accept(all == 0 ? 1 : (double) done / all);
            }
            stream.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return all;
    }

    private void write(SafetensorsStream stream, TensorCut cut, KeptNumbers numbers)
            throws ModelException {
        long elements = Tensor.elements(cut.entry().shape());
        long zeros = Math.round(cut.magnitude() * elements);
        Eraser eraser = zeros == 0 ? null : new Eraser(SmallestShare.border(numbers, zeros), zeros);
        if (eraser != null) {
            numbers.each(eraser::countBelow);
        }
        numbers.each(
                stripe -> {
                    if (eraser != null) {
                        eraser.erase(stripe);
                    }
                    try {
                        stream.append(stripe.memory().asByteBuffer());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        zeroed += zeros;
    }

    /** Sets exactly so many of the smallest to zero; of equal ones at the border the first. */
    private static final class Eraser {

        private final float border;
        private long ofBorder;

        Eraser(float border, long zeros) {
            this.border = border;
            ofBorder = zeros;
        }

        void countBelow(Tensor stripe) {
            for (long i = 0; i < stripe.elements(); i++) {
                if (Math.abs(stripe.get(i)) < border) {
                    ofBorder--;
                }
            }
        }

        void erase(Tensor stripe) {
            int bytes = stripe.dtype().bytes();
            for (long i = 0; i < stripe.elements(); i++) {
                float size = Math.abs(stripe.get(i));
                boolean erased = size < border || size == border && ofBorder > 0;
                if (erased) {
                    ofBorder -= size == border ? 1 : 0;
                    if (bytes == Float.BYTES) {
                        stripe.memory().setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, 0);
                    } else {
                        stripe.memory().setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, (short) 0);
                    }
                }
            }
        }
    }

    /** The old configuration with fewer layers and heads; all other keys as they are. */
    private ObjectNode config() {
        LayerStructure structure = model.structure();
        ObjectNode config = structure.config();
        config.put(structure.layersKey(), structure.storedLayers() - removal.layers().size());
        // Newer configurations list each layer's kind.
        JsonNode kinds = config.path("layer_types");
        if (kinds.isArray() && kinds.size() == structure.storedLayers()) {
            ArrayNode left = config.putArray("layer_types");
            for (int layer = 0; layer < kinds.size(); layer++) {
                if (!removal.layers().contains(layer)) {
                    left.add(kinds.get(layer));
                }
            }
        }
        if (!structure.losesHeads()) {
            return config;
        }
        ObjectNode pruned = config.putObject(structure.prunedHeadsKey());
        int whole = structure.headsOfWholeLayer();
        for (int layer = 0; layer < structure.storedLayers(); layer++) {
            SortedSet<Integer> gone = new TreeSet<>(removal.headsOf(layer));
            for (int head = 0; head < whole; head++) {
                if (!structure.heads().get(layer).contains(head)) {
                    gone.add(head);
                }
            }
            if (!removal.layers().contains(layer) && !gone.isEmpty()) {
                gone.forEach(pruned.putArray(String.valueOf(removal.newNumber(layer)))::add);
            }
        }
        return config;
    }
}
