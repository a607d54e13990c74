package io.pocketllm.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The list of a sharded checkpoint, {@code model.safetensors.index.json}: which file holds which
 * tensor. Read as a stream.
 */
final class ShardIndex {

    /** The largest published ones are a few MB. */
    private static final long MAX_BYTES = 64L << 20;

    private static final String AGAIN = "Copy or download the model's files again.";

    /** A plain name: an index must not reach out of its folder. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

    private ShardIndex() {}

    /**
     * Tensor name to the name of the shard that holds it, in the index's order.
     *
     * @throws TensorFileException where the file is no index, or names a file beyond its folder
     */
    static Map<String, String> read(Path path) throws TensorFileException {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new TensorFileException(
                        path + ": is larger than 64 MiB, so it is no index of shards", AGAIN);
            }
            try (JsonParser json = SafetensorsHeader.STRICT.createParser(path.toFile())) {
                Map<String, String> shardOf = read(path, json);
                if (shardOf.isEmpty()) {
                    throw new TensorFileException(
                            path + ": lists no tensors under weight_map", AGAIN);
                }
                return shardOf;
            }
        } catch (JsonProcessingException e) {
            throw new TensorFileException(
                    path
                            + ": is not valid JSON: "
                            + SafetensorsHeader.brief(e.getOriginalMessage()),
                    AGAIN);
        } catch (IOException e) {
            throw new TensorFileException(
                    path + ": cannot be read (" + e.getMessage() + ")",
                    "Check the file's permissions and the disk.");
        }
    }

    private static Map<String, String> read(Path path, JsonParser json)
            throws IOException, TensorFileException {
        Map<String, String> shardOf = new LinkedHashMap<>();
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new TensorFileException(path + ": is no JSON object", AGAIN);
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            boolean map = json.currentName().equals("weight_map");
            if (json.nextToken() == JsonToken.START_OBJECT && map) {
                readMap(path, json, shardOf);
            } else {
                json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new TensorFileException(path + ": has more behind its JSON object", AGAIN);
        }
        return shardOf;
    }

    private static void readMap(Path path, JsonParser json, Map<String, String> shardOf)
            throws IOException, TensorFileException {
        Map<String, String> shards = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String tensor = json.currentName();
            String shard = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : "";
            if (!PLAIN.matcher(shard).matches()) {
                throw new TensorFileException(
                        path
                                + ": weight_map names \""
                                + SafetensorsHeader.shown(shard)
                                + "\" as a file",
                        "Shards are named plainly and lie beside the index.");
            }
            if (shardOf.size() == SafetensorsHeader.MAX_TENSORS) {
                throw new TensorFileException(
                        path + ": lists more than " + SafetensorsHeader.MAX_TENSORS + " tensors",
                        AGAIN);
            }
            // One string for each shard, not for each tensor.
            shards.putIfAbsent(shard, shard);
            shardOf.put(tensor, shards.get(shard));
        }
    }
}
