package io.pocketllm.tensor;

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
            if (!Files.isRegularFile(folder.resolve(INDEX))) {
                throw new TensorFileException(
                        folder + ": holds neither " + SINGLE + " nor " + INDEX,
                        "Name a folder as downloaded from Hugging Face; .bin checkpoints must be converted.");
            }
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            Map<String, String> shardOf = ShardIndex.read(folder.resolve(INDEX));
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
                                    + SafetensorsHeader.shown(entry.getKey())
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

    /** The tensors by published name, read-only views of the files. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /** The files that hold them. */
    public List<Path> paths() {
        return files.stream().map(SafetensorsFile::path).toList();
    }

    /**
     * Copies a tensor into memory; see {@link SafetensorsFile#read}.
     *
     * @param name one of {@link #tensors}
     * @throws IOException where its file cannot be read any more
     */
    public void read(String name, Tensor target) throws IOException {
        Tensor tensor = tensors.get(name);
        for (SafetensorsFile file : files) {
            if (file.tensors().get(name) == tensor) {
                file.read(name, target);
                return;
            }
        }
        throw new IllegalArgumentException("no file holds " + name);
    }

    /** The file that holds a tensor of {@link #tensors}, for messages. */
    public Path fileOf(String name) {
        Tensor tensor = tensors.get(name);
        return files.stream()
                .filter(file -> file.tensors().get(name) == tensor)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tensor " + name))
                .path();
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
