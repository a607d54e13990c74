package io.pocketllm.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a Hugging Face folder: {@code model.safetensors}, or the shards that {@code
 * model.safetensors.index.json} lists. All memory-mapped.
 */
public final class CheckpointFile implements AutoCloseable {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final long MAX_INDEX_BYTES = 64L << 20;

    private final List<SafetensorsFile> files;
    private final Map<String, Tensor> tensors;

    private CheckpointFile(List<SafetensorsFile> files, Map<String, Tensor> tensors) {
        this.files = files;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /** True where the folder holds weights in one of the two forms. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(SINGLE))
                || Files.isRegularFile(folder.resolve(INDEX));
    }

    /**
     * Opens the weights of a folder.
     *
     * @throws TensorFileException where a file is missing or damaged, or the index names a file
     *     outside the folder or a tensor that its shard does not hold
     */
    public static CheckpointFile open(Path folder) throws TensorFileException {
        List<SafetensorsFile> files = new ArrayList<>();
        try {
            if (Files.isRegularFile(folder.resolve(SINGLE))) {
                files.add(SafetensorsFile.open(folder.resolve(SINGLE)));
                return new CheckpointFile(files, new LinkedHashMap<>(files.getFirst().tensors()));
            }
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            Map<String, String> shardOf = index(folder);
            Set<String> shards = new LinkedHashSet<>(shardOf.values());
            Map<String, SafetensorsFile> open = new LinkedHashMap<>();
            for (String shard : shards) {
                SafetensorsFile file = SafetensorsFile.open(folder.resolve(shard));
                files.add(file);
                open.put(shard, file);
            }
            for (Map.Entry<String, String> entry : shardOf.entrySet()) {
                Tensor tensor = open.get(entry.getValue()).tensors().get(entry.getKey());
                if (tensor == null) {
                    throw new TensorFileException(
                            folder.resolve(entry.getValue())
                                    + ": does not hold "
                                    + entry.getKey()
                                    + ", which "
                                    + INDEX
                                    + " places there",
                            "Copy or download all shards and the index of one version again.");
                }
                tensors.put(entry.getKey(), tensor);
            }
            return new CheckpointFile(files, tensors);
        } catch (TensorFileException | RuntimeException e) {
            files.forEach(SafetensorsFile::close);
            throw e;
        }
    }

    /** Tensor name to the name of the shard that holds it. */
    private static Map<String, String> index(Path folder) throws TensorFileException {
        Path path = folder.resolve(INDEX);
        try {
            if (Files.size(path) > MAX_INDEX_BYTES) {
                throw new TensorFileException(
                        path + ": is larger than 64 MiB, so it is no index of shards",
                        "Copy or download the model's files again.");
            }
            JsonNode map = new JsonMapper().readTree(Files.readAllBytes(path)).path("weight_map");
            Map<String, String> shardOf = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : map.properties()) {
                String shard = entry.getValue().asText("");
                // A plain name: an index must not reach out of its folder.
                if (!shard.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                    throw new TensorFileException(
                            path + ": weight_map names \"" + brief(shard) + "\" as a file",
                            "Shards are named plainly and lie beside the index.");
                }
                shardOf.put(entry.getKey(), shard);
            }
            if (shardOf.isEmpty()) {
                throw new TensorFileException(
                        path + ": lists no tensors under weight_map",
                        "Copy or download the model's files again.");
            }
            return shardOf;
        } catch (JsonProcessingException e) {
            throw new TensorFileException(
                    path + ": is not valid JSON: " + brief(e.getOriginalMessage()),
                    "Copy or download the model's files again.");
        } catch (IOException e) {
            throw new TensorFileException(
                    folder + ": holds neither " + SINGLE + " nor a readable " + INDEX,
                    "Name a folder as downloaded from Hugging Face; .bin checkpoints must be converted.");
        }
    }

    private static String brief(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    /** The tensors by published name, read-only views of the files. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /** The files that hold them. */
    public List<Path> paths() {
        return files.stream().map(SafetensorsFile::path).toList();
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
