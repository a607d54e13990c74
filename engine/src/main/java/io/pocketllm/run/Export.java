package io.pocketllm.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.model.LinearHead;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.TensorFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run trained, in the files other programs read: adapters as PEFT keeps them, the head as
 * one linear layer, and weights of the model under their own names.
 */
public final class Export {

    private static final String A = ".lora_A";
    private static final String B = ".lora_B";
    private static final String HEAD_ADAPTER = "classifier.subspace";

    private final Path out;
    private final List<Path> written = new ArrayList<>();

    private Export(Path out) {
        this.out = out;
    }

    /**
     * Writes {@code adapter_config.json} and {@code adapter_model.safetensors} where the run
     * trained adapters, {@code model.safetensors} where it trained weights of the model, and {@code
     * head.safetensors}.
     *
     * @param folder a run with a checkpoint
     * @param out a new or empty folder
     * @return the files written
     * @throws RunFileException where there is no checkpoint, or {@code out} is not empty
     */
    public static List<Path> write(RunFolder folder, Path out)
            throws RunFileException, IOException {
        RunFile file = RunFile.read(folder.runFile());
        Path checkpoint = folder.checkpoint().resolve("model.safetensors");
        if (!Files.isRegularFile(checkpoint)) {
            throw new RunFileException(
                    folder.path().toString(),
                    "",
                    "has no checkpoint to export",
                    "Let the run finish first: pocketllm train " + folder.path() + " --resume");
        }
        try (SafetensorsFile saved = SafetensorsFile.open(checkpoint)) {
            return write(file.spec(), saved.tensors(), saved.metadata(), out);
        } catch (TensorFileException e) {
            throw new RunFileException(folder.path().toString(), "", e.getMessage(), e.hint());
        }
    }

    /**
     * Writes tensors that are at hand.
     *
     * @param tensors all that the run trains, by name
     * @param metadata of its checkpoint
     */
    static List<Path> write(
            RunSpec spec, Map<String, Tensor> tensors, Map<String, String> metadata, Path out)
            throws RunFileException, IOException {
        Export export = new Export(RunFolder.at(out).path());
        export.adapters(tensors, spec);
        export.head(tensors, metadata);
        export.weights(tensors);
        return List.copyOf(export.written);
    }

    /**
     * What a checkpoint says of itself, sorted, so that two of the same run are the same bytes.
     *
     * @param labels class names in the order of the logits
     */
    static Map<String, String> metadata(Collection<String> labels) {
        return new TreeMap<>(Map.of("format", "pt", "labels", String.join("\t", labels)));
    }

    private void adapters(Map<String, Tensor> saved, RunSpec spec) throws IOException {
        TreeSet<String> targets = new TreeSet<>();
        int rank = 0;
        try (ParameterStore turned = new ParameterStore()) {
            for (Tensor tensor : saved.values()) {
                String name = tensor.name();
                boolean isA = name.endsWith(A);
                if (!isA && !name.endsWith(B) || name.startsWith(HEAD_ADAPTER)) {
                    continue;
                }
                String module = name.substring(0, name.length() - A.length());
                targets.add(module.substring(module.lastIndexOf('.') + 1));
                rank = (int) tensor.shape()[isA ? 1 : 0];
                transpose(
                        tensor,
                        turned.allocate(
                                "base_model.model." + name + ".weight",
                                tensor.shape()[1],
                                tensor.shape()[0]));
            }
            if (rank > 0) {
                save("adapter_model.safetensors", turned, Map.of("format", "pt"));
                Path config = out.resolve("adapter_config.json");
                Files.writeString(config, config(spec, targets, rank), StandardCharsets.UTF_8);
                written.add(config);
            }
        }
    }

    private static void transpose(Tensor from, Tensor to) {
        long rows = from.shape()[0];
        long columns = from.shape()[1];
        for (long i = 0; i < rows; i++) {
            for (long j = 0; j < columns; j++) {
                to.set(j * rows + i, from.get(i * columns + j));
            }
        }
    }

    /** PEFT's LoraConfig; its scale is lora_alpha / r, as ours is. */
    private static String config(RunSpec spec, TreeSet<String> targets, int rank)
            throws IOException {
        ObjectNode root = RunFile.MAPPER.createObjectNode();
        root.put("peft_type", "LORA");
        root.put("task_type", "FEATURE_EXTRACTION");
        root.put("base_model_name_or_path", spec.model().path());
        root.put("r", rank);
        root.put("lora_alpha", spec.method().loraAlpha());
        root.put("lora_dropout", 0.0);
        root.put("bias", "none");
        root.put("fan_in_fan_out", false);
        root.put("inference_mode", true);
        ArrayNode modules = root.putArray("target_modules");
        targets.forEach(modules::add);
        return RunFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** The head as logits = pooled · weightᵀ + bias, an adapter beside it added in. */
    private void head(Map<String, Tensor> saved, Map<String, String> metadata) throws IOException {
        Tensor weight = saved.get(LinearHead.WEIGHT);
        Tensor bias = saved.get(LinearHead.BIAS);
        if (weight == null || bias == null) {
            return;
        }
        Tensor a = saved.get(HEAD_ADAPTER + A);
        Tensor b = saved.get(HEAD_ADAPTER + B);
        try (ParameterStore head = new ParameterStore()) {
            Tensor merged = head.copyOf(weight);
            head.copyOf(bias);
            if (a != null && b != null) {
                add(merged, a, b);
            }
            save("head.safetensors", head, new TreeMap<>(metadata));
        }
    }

    /**
     * weight (classes, hidden) += (A (hidden, rank) · B (rank, classes))ᵀ; this adapter's scale is
     * 1.
     */
    private static void add(Tensor weight, Tensor a, Tensor b) {
        int classes = (int) weight.shape()[0];
        int hidden = (int) weight.shape()[1];
        int rank = (int) a.shape()[1];
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < hidden; k++) {
                double sum = weight.get((long) c * hidden + k);
                for (int r = 0; r < rank; r++) {
                    sum += (double) a.get((long) k * rank + r) * b.get((long) r * classes + c);
                }
                weight.set((long) c * hidden + k, (float) sum);
            }
        }
    }

    /** Everything else: weights of the model, under the names its file gives them. */
    private void weights(Map<String, Tensor> saved) throws IOException {
        try (ParameterStore weights = new ParameterStore()) {
            for (Tensor tensor : saved.values()) {
                String name = tensor.name();
                boolean head = name.startsWith("classifier.");
                if (!head && !name.endsWith(A) && !name.endsWith(B)) {
                    weights.copyOf(tensor);
                }
            }
            if (!weights.tensors().isEmpty()) {
                save("model.safetensors", weights, Map.of("format", "pt"));
            }
        }
    }

    private void save(String name, ParameterStore tensors, Map<String, String> metadata)
            throws IOException {
        Path file = out.resolve(name);
        SafetensorsWriter.write(file, tensors.tensors(), metadata);
        written.add(file);
    }
}
