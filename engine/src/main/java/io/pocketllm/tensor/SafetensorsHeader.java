package io.pocketllm.tensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file, read as a stream: what it takes of the heap is bounded by
 * how many tensors there are, not by what the text would unfold to.
 *
 * @param entries where each tensor lies, in the header's order
 * @param metadata the text pairs under {@code __metadata__}
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {

    /** The largest published checkpoints hold some ten thousand tensors a file. */
    static final int MAX_TENSORS = 200_000;

    /** Trainers write their settings here, some of them megabytes of them. */
    private static final int MAX_METADATA_CHARACTERS = 16 << 20;

    private static final int MAX_DIMENSIONS = 32;

    /** Strict: no key twice, shallow, whole numbers of up to 20 digits, short names. */
    static final JsonFactory STRICT =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(8)
                                    .maxNumberLength(20)
                                    .maxNameLength(4096)
                                    .maxStringLength(MAX_METADATA_CHARACTERS)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    /**
     * A tensor's place in the data part, bytes.
     *
     * @param begin first byte
     * @param end byte after the last
     */
    record Entry(String name, DType dtype, long[] shape, long begin, long end) {}

    /**
     * Reads a header to its end.
     *
     * @throws TensorFileException where it is not what the format says
     */
    static SafetensorsHeader read(Path path, InputStream text) throws TensorFileException {
        try (JsonParser json = STRICT.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw damaged(path, "has a header that is no JSON object");
            }
            List<Entry> entries = new ArrayList<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("__metadata__")) {
                    readMetadata(path, json, metadata);
                } else if (entries.size() == MAX_TENSORS) {
                    throw damaged(path, "lists more than " + MAX_TENSORS + " tensors");
                } else {
                    entries.add(entry(path, name, json));
                }
            }
            if (json.nextToken() != null) {
                throw damaged(path, "has a header with more behind its JSON object");
            }
            return new SafetensorsHeader(entries, metadata);
        } catch (JsonProcessingException e) {
            throw damaged(
                    path, "has a header that is not valid JSON: " + brief(e.getOriginalMessage()));
        } catch (IOException e) {
            throw damaged(path, "cannot be read (" + brief(e.getMessage()) + ")");
        }
    }

    private static void readMetadata(Path path, JsonParser json, Map<String, String> metadata)
            throws IOException, TensorFileException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw damaged(path, "has __metadata__ that is no JSON object");
        }
        long characters = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw damaged(path, "has __metadata__ that holds more than text: " + brief(key));
            }
            String value = json.getText();
            characters += 64 + key.length() + value.length();
            if (characters > MAX_METADATA_CHARACTERS) {
                throw damaged(path, "has more than 16 MiB of __metadata__");
            }
            metadata.put(key, value);
        }
    }

    private static Entry entry(Path path, String name, JsonParser json)
            throws IOException, TensorFileException {
        String type = null;
        long[] shape = null;
        long[] offsets = null;
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                JsonToken token = json.nextToken();
                switch (key) {
                    case "dtype" -> type = token == JsonToken.VALUE_STRING ? json.getText() : "";
                    case "shape" -> shape = wholeNumbers(path, name, json);
                    case "data_offsets" -> offsets = wholeNumbers(path, name, json);
                    default -> json.skipChildren();
                }
            }
        }
        if (type == null || shape == null || offsets == null || offsets.length != 2) {
            throw damaged(
                    path, shown(name) + ": lacks its dtype, its shape or its two data_offsets");
        }
        String found = type;
        DType dtype =
                DType.of(type)
                        .orElseThrow(
                                () ->
                                        new TensorFileException(
                                                path
                                                        + ": "
                                                        + shown(name)
                                                        + ": has the dtype \""
                                                        + shown(found)
                                                        + "\", which this program does not know",
                                                "Convert the checkpoint to F32, F16 or BF16."));
        return new Entry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static long[] wholeNumbers(Path path, String name, JsonParser json)
            throws IOException, TensorFileException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw damaged(path, shown(name) + ": its shape or data_offsets is no list");
        }
        long[] numbers = new long[MAX_DIMENSIONS];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            boolean whole =
                    json.currentToken() == JsonToken.VALUE_NUMBER_INT
                            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                            && json.getLongValue() >= 0;
            if (!whole) {
                throw damaged(
                        path,
                        shown(name)
                                + ": "
                                + (json.currentToken().isScalarValue()
                                        ? brief(json.getText())
                                        : "a list or object")
                                + " is no size or offset");
            }
            if (count == MAX_DIMENSIONS) {
                throw damaged(path, shown(name) + ": has more than 32 dimensions");
            }
            numbers[count++] = json.getLongValue();
        }
        return java.util.Arrays.copyOf(numbers, count);
    }

    static String brief(String text) {
        return text == null || text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    static String shown(String name) {
        return brief(name).replaceAll("\\p{Cntrl}", " ");
    }

    static TensorFileException damaged(Path path, String what) {
        return new TensorFileException(
                path + ": " + what,
                "Copy or download the file again; compare its size and checksum with the source.");
    }
}
