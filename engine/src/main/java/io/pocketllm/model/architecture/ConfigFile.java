package io.pocketllm.model.architecture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's {@code config.json}, read key by key. Every refusal names the file, the key, what was
 * found and what is allowed. Keys that nothing asks for are passed over: published files hold many
 * that do not change a forward pass.
 */
public final class ConfigFile {

    /** Its name in a Hugging Face folder. */
    public static final String NAME = "config.json";

    private static final long MAX_BYTES = 1 << 20;
    private static final String AGAIN = "Copy or download the model's files again.";

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(64)
                                                    .maxNumberLength(64)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final String source;
    private final String path;
    private final JsonNode node;

    private ConfigFile(String source, String path, JsonNode node) {
        this.source = source;
        this.path = path;
        this.node = node;
    }

    /**
     * Reads the config.json of a folder.
     *
     * @throws ModelException where it is missing, larger than 1 MiB, or no JSON object
     */
    public static ConfigFile in(Path folder) throws ModelException {
        Path file = folder.resolve(NAME);
        try {
            if (!Files.isRegularFile(file)) {
                throw new ModelException(
                        file + ": there is no such file",
                        "Name a folder as downloaded from Hugging Face: config.json,"
                                + " model.safetensors and tokenizer.json.");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelException(
                        file + ": is larger than 1 MiB, so it is no model configuration", AGAIN);
            }
            JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw new ModelException(file + ": holds no JSON object", AGAIN);
            }
            return new ConfigFile(file.toString(), "", root);
        } catch (JsonProcessingException e) {
            throw new ModelException(
                    file + ": is not valid JSON: " + shown(e.getOriginalMessage()), AGAIN);
        } catch (IOException e) {
            throw new ModelException(
                    file + ": cannot be read (" + e.getMessage() + ")",
                    "Check the file's permissions and the disk.");
        }
    }

    /** One that was made, not read. */
    public static ConfigFile of(String source, ObjectNode node) {
        return new ConfigFile(source, "", node);
    }

    /** A copy of all keys and values, to write another configuration from. */
    public ObjectNode copy() {
        return node.deepCopy();
    }

    /** The keys that are there. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Whole numbers from 0 to below {@code end}, at most so many. */
    int[] integers(String key, int end) throws ModelException {
        JsonNode list = node.get(key);
        boolean right = list.isArray() && list.size() <= end;
        for (int i = 0; right && i < list.size(); i++) {
            JsonNode value = list.get(i);
            right = value.isIntegralNumber() && value.canConvertToInt();
            right = right && value.intValue() >= 0 && value.intValue() < end;
        }
        if (!right) {
            throw listProblem(key, "is " + shown(list.toString()), end);
        }
        int[] numbers = new int[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).intValue();
        }
        return numbers;
    }

    ModelException listProblem(String key, String problem, int end) {
        return problem(
                key,
                problem,
                "Allowed: a list of different whole numbers from 0 to "
                        + (end - 1)
                        + ", fewer than all.");
    }

    ModelException unknownKey(String key, String found, String allowed) {
        return problem(key, "has the key \"" + shown(found) + "\"", "Allowed: " + allowed + ".");
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** The object under that key; one without keys where it is missing or null. */
    ConfigFile object(String key) throws ModelException {
        JsonNode value = node.path(key);
        if (has(key) && !value.isObject()) {
            throw wrongType(key, "an object in braces");
        }
        return new ConfigFile(source, path + key + ".", value);
    }

    /** Size of something: a whole number from 1 to {@code max} that must be there. */
    int size(String key, int max) throws ModelException {
        if (!has(key)) {
            throw problem(key, "is missing", "Add it; it is a whole number from 1 to " + max + ".");
        }
        return integer(key, 1, 1, max);
    }

    int integer(String key, int fallback, int min, int max) throws ModelException {
        if (!has(key)) {
            return fallback;
        }
        JsonNode value = node.get(key);
        String allowed = "a whole number from " + min + " to " + max;
        if (!value.isIntegralNumber()) {
            throw wrongType(key, allowed);
        }
        if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw problem(key, "is " + shown(value.toString()), "Allowed: " + allowed + ".");
        }
        return value.intValue();
    }

    double number(String key, double fallback, double min, double max) throws ModelException {
        if (!has(key)) {
            return fallback;
        }
        JsonNode value = node.get(key);
        String allowed = "a number from " + min + " to " + max;
        if (!value.isNumber()) {
            throw wrongType(key, allowed);
        }
        double number = value.doubleValue();
        if (!(number >= min && number <= max)) {
            throw problem(key, "is " + shown(value.toString()), "Allowed: " + allowed + ".");
        }
        return number;
    }

    boolean flag(String key, boolean fallback) throws ModelException {
        if (!has(key)) {
            return fallback;
        }
        if (!node.get(key).isBoolean()) {
            throw wrongType(key, "true or false");
        }
        return node.get(key).booleanValue();
    }

    String text(String key, String fallback) throws ModelException {
        if (!has(key)) {
            if (fallback == null) {
                throw problem(key, "is missing", "Add it; it is a text in quotes.");
            }
            return fallback;
        }
        if (!node.get(key).isTextual()) {
            throw wrongType(key, "a text in quotes");
        }
        return node.get(key).textValue();
    }

    /** The class the checkpoint was saved from, such as {@code OPTForCausalLM}; may be empty. */
    String savedClass() {
        return node.path("architectures").path(0).asText("");
    }

    /** Refuses a setting that this program's graphs do not follow. */
    void require(String key, boolean holds, String allowed) throws ModelException {
        if (!holds) {
            throw problem(
                    key,
                    "is " + shown(node.path(key).toString()),
                    "This program knows only " + allowed + ". Use another checkpoint.");
        }
    }

    /** Refuses a number of heads that does not divide what it splits. */
    void requireDivides(String key, int divisor, int whole, String what) throws ModelException {
        if (whole % divisor != 0) {
            throw problem(
                    key,
                    "is " + divisor + ", which does not divide " + what + " " + whole,
                    "Copy or download config.json again.");
        }
    }

    ModelException unknown(String key, String found, List<String> allowed) {
        return problem(
                key, "is \"" + shown(found) + "\"", "Known: " + String.join(", ", allowed) + ".");
    }

    private ModelException wrongType(String key, String allowed) {
        return problem(key, "is " + shown(node.get(key).toString()), "Allowed: " + allowed + ".");
    }

    private ModelException problem(String key, String problem, String hint) {
        return new ModelException(source + ": " + path + key + " " + problem, hint);
    }

    /** Short, and nothing in it that moves a terminal's cursor. */
    private static String shown(String found) {
        String cut = found.length() > 100 ? found.substring(0, 97) + "..." : found;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
