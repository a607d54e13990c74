package io.pocketllm.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tokenizer library does not tell of a {@code tokenizer.json} (Hugging Face format): the
 * size of the vocabulary and which of its tokens have a role. Read as a stream: large vocabularies
 * would fill a phone-sized heap as a tree.
 *
 * @param largestId largest token id, added tokens included; -1 where there is none
 * @param addedTokens added token to its id
 * @param paddingId the padding section's id, or null
 * @param roles role, such as {@code mask_token}, to the token that {@code tokenizer_config.json} or
 *     {@code special_tokens_map.json} beside the file gives it
 */
record TokenizerJson(
        int largestId,
        Map<String, Integer> addedTokens,
        Integer paddingId,
        Map<String, String> roles) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Those that list thousands of added tokens are some 1 MB. */
    private static final long MAX_BYTES_BESIDE = 16L << 20;

    static TokenizerJson read(Path file) throws IOException {
        int largest = -1;
        Map<String, Integer> added = new LinkedHashMap<>();
        Integer paddingId = null;
        try (JsonParser parser = MAPPER.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("holds no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String section = parser.currentName();
                parser.nextToken();
                switch (section) {
                    case "added_tokens" -> {
                        JsonNode tokens = parser.readValueAsTree();
                        for (JsonNode token : tokens) {
                            int id = token.path("id").asInt(-1);
                            added.put(token.path("content").asText(), id);
                            largest = Math.max(largest, id);
                        }
                    }
                    case "padding" -> {
                        JsonNode padding = parser.readValueAsTree();
                        paddingId =
                                padding.path("pad_id").isInt()
                                        ? (Integer) padding.path("pad_id").intValue()
                                        : null;
                    }
                    case "model" -> largest = Math.max(largest, largestOfModel(parser));
                    default -> parser.skipChildren();
                }
            }
        }
        return new TokenizerJson(largest, added, paddingId, roles(file));
    }

    /** The vocabulary is token to id (BPE, WordPiece, WordLevel) or a list of pairs (Unigram). */
    private static int largestOfModel(JsonParser parser) throws IOException {
        int largest = -1;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return largest;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (key.equals("vocab") && value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    parser.nextToken();
                    largest = Math.max(largest, parser.getValueAsInt(-1));
                }
            } else if (key.equals("vocab") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    parser.skipChildren();
                    largest++;
                }
            } else {
                parser.skipChildren();
            }
        }
        return largest;
    }

    private static Map<String, String> roles(Path file) throws IOException {
        Map<String, String> roles = new LinkedHashMap<>();
        Path folder = file.toAbsolutePath().getParent();
        for (String name : List.of("tokenizer_config.json", "special_tokens_map.json")) {
            Path beside = folder.resolve(name);
            if (!Files.isRegularFile(beside)) {
                continue;
            }
            if (Files.size(beside) > MAX_BYTES_BESIDE) {
                throw new IOException(
                        name + " is larger than " + (MAX_BYTES_BESIDE >> 20) + " MiB");
            }
            JsonNode json = MAPPER.readTree(beside.toFile());
            json.properties()
                    .forEach(
                            entry -> {
                                JsonNode value = entry.getValue();
                                String token =
                                        value.isObject()
                                                ? value.path("content").asText("")
                                                : value.asText("");
                                if (entry.getKey().endsWith("_token") && !token.isEmpty()) {
                                    roles.putIfAbsent(entry.getKey(), token);
                                }
                            });
        }
        return roles;
    }

    /**
     * The id of the token with a role: the one the files beside say, else the first of these that
     * the vocabulary has.
     *
     * @param role such as {@code mask_token}
     * @return null where there is none
     */
    Integer idOf(String role, List<String> usual) {
        Integer said = addedTokens.get(roles.getOrDefault(role, ""));
        if (said != null) {
            return said;
        }
        return usual.stream()
                .filter(addedTokens::containsKey)
                .map(addedTokens::get)
                .findFirst()
                .orElse(null);
    }

    /** The text of an added token; null where no added token has that id. */
    String addedToken(int id) {
        return addedTokens.entrySet().stream()
                .filter(e -> e.getValue() == id)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
