package io.pocketllm.zo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What a trajectory needs beside its steps to be replayed.
 *
 * @param seed the run's seed
 * @param method the method, every choice and number of it
 * @param inGraph whether probes were copies in a graph; in place, a replay repeats each move
 * @param tensors SHA-256 of names and shapes of what moves, in order
 */
public record TrajectoryHeader(long seed, MethodSpec method, boolean inGraph, String tensors) {

    /** Names the generator; a file of another one would replay to other weights. */
    static final String NOISE = "threefry-2x32-13/box-muller-23";

    private static final JsonMapper MAPPER = new JsonMapper();

    /** The header of a run about to begin. */
    public static TrajectoryHeader of(long seed, MethodSpec method, Collection<Tensor> trainable) {
        return new TrajectoryHeader(seed, method, method.inGraph(), digest(trainable));
    }

    /** SHA-256 over each tensor's name and shape, in order. */
    static String digest(Collection<Tensor> tensors) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Tensor tensor : tensors) {
                String format = tensor.dtype() == DType.F32 ? "" : tensor.dtype().name();
                String line = tensor.name() + format + Arrays.toString(tensor.shape()) + "\n";
                sha.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String toJson() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("seed", seed);
        root.put("noise", NOISE);
        root.put("walk", inGraph ? "in-graph" : "in-place");
        root.put("tensors", tensors);
        ObjectNode choices = root.putObject("method");
        choices.put("preset", method.preset());
        choices.put("space", method.space().key());
        choices.put("direction", method.direction().key());
        choices.put("estimator", method.estimator().key());
        choices.put("update", method.update().key());
        choices.put("branches", method.branches().key());
        ObjectNode numbers = choices.putObject("values");
        method.values().forEach((setting, value) -> numbers.put(setting.key(), value));
        return root.toString();
    }

    /** Reads {@link #toJson}; empty where anything is missing or unknown. */
    static Optional<TrajectoryHeader> parse(String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root == null || !root.isObject() || !NOISE.equals(root.path("noise").asText())) {
                return Optional.empty();
            }
            JsonNode choices = root.path("method");
            Map<MethodSetting, Double> values = new EnumMap<>(MethodSetting.class);
            for (Map.Entry<String, JsonNode> entry : choices.path("values").properties()) {
                MethodSetting setting =
                        Arrays.stream(MethodSetting.values())
                                .filter(s -> s.key().equals(entry.getKey()))
                                .findFirst()
                                .orElseThrow(IllegalArgumentException::new);
                double value = entry.getValue().asDouble();
                if (!(value >= setting.min() && value <= setting.max())) {
                    return Optional.empty();
                }
                values.put(setting, value);
            }
            MethodSpec method =
                    new MethodSpec(
                            choices.path("preset").asText(),
                            keyed(MethodSpec.Space.values(), choices.path("space")),
                            keyed(MethodSpec.Direction.values(), choices.path("direction")),
                            keyed(MethodSpec.Estimator.values(), choices.path("estimator")),
                            keyed(MethodSpec.Update.values(), choices.path("update")),
                            keyed(MethodSpec.Branches.values(), choices.path("branches")),
                            values);
            return Optional.of(
                    new TrajectoryHeader(
                            root.path("seed").asLong(),
                            method,
                            root.path("walk").asText().equals("in-graph"),
                            root.path("tensors").asText()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static <E extends MethodSpec.Keyed> E keyed(E[] all, JsonNode word) {
        return Arrays.stream(all)
                .filter(constant -> constant.key().equals(word.asText()))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    /** Whether each record says which way a conservative update went. */
    boolean recordsChoice() {
        return method.update() == MethodSpec.Update.CONSERVATIVE;
    }

    /** Bytes of each record. */
    int recordBytes() {
        return 12 + 4 * method.directions() + (recordsChoice() ? 4 : 0);
    }
}
