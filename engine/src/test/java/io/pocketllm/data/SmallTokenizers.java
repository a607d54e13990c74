package io.pocketllm.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.forward.MiniLm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokenizers of a few hundred tokens in the three shapes that published models have. */
public final class SmallTokenizers {

    private static final List<String> WORDS =
            List.of("great", "terrible", "It", "was", "film", "Yes", "No", "good", "the");

    private SmallTokenizers() {}

    /** Words and letters, [CLS] … [SEP] … [SEP], with segments: as BERT has it. */
    public static TextTokenizer wordPiece(Path folder, int maxTokens) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (String token : List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")) {
            vocabulary.put(token, vocabulary.size());
        }
        WORDS.forEach(word -> vocabulary.putIfAbsent(word, vocabulary.size()));
        for (char c = '!'; c <= '~'; c++) {
            vocabulary.putIfAbsent(String.valueOf(c), vocabulary.size());
        }
        for (char c = 'a'; c <= 'z'; c++) {
            vocabulary.putIfAbsent("##" + c, vocabulary.size());
        }
        List<Map<String, Object>> added = new ArrayList<>();
        for (String token : List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")) {
            added.add(added(vocabulary.get(token), token, false));
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "WordPiece");
        model.put("unk_token", "[UNK]");
        model.put("continuing_subword_prefix", "##");
        model.put("max_input_chars_per_word", 100);
        model.put("vocab", vocabulary);
        Object cls = special("[CLS]", 0);
        Object sep = special("[SEP]", 0);
        Map<String, Object> post =
                Map.of(
                        "type", "TemplateProcessing",
                        "single", List.of(cls, sequence("A", 0), sep),
                        "pair",
                                List.of(
                                        cls,
                                        sequence("A", 0),
                                        sep,
                                        sequence("B", 1),
                                        special("[SEP]", 1)),
                        "special_tokens", specialIds(Map.of("[CLS]", 2, "[SEP]", 3)));
        return open(
                folder,
                json(added, Map.of("type", "BertPreTokenizer"), post, null, model),
                maxTokens);
    }

    /** Bytes and merged words, &lt;s&gt; … &lt;/s&gt; and &lt;mask&gt;: as RoBERTa has it. */
    public static TextTokenizer robertaLike(Path folder, int maxTokens) {
        List<String> specials = List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>");
        Map<String, Object> post =
                Map.of(
                        "type",
                        "RobertaProcessing",
                        "sep",
                        List.of("</s>", 2),
                        "cls",
                        List.of("<s>", 0),
                        "trim_offsets",
                        true,
                        "add_prefix_space",
                        false);
        return open(folder, byteLevel(specials, post), maxTokens);
    }

    /** The same bytes behind one &lt;/s&gt;, no mask: as OPT has it. */
    public static TextTokenizer optLike(Path folder, int maxTokens) {
        List<String> specials = List.of("<s>", "<pad>", "</s>", "<unk>");
        Map<String, Object> post =
                Map.of(
                        "type", "TemplateProcessing",
                        "single", List.of(special("</s>", 0), sequence("A", 0)),
                        "pair", List.of(special("</s>", 0), sequence("A", 0), sequence("B", 1)),
                        "special_tokens", specialIds(Map.of("</s>", 2)));
        return open(folder, byteLevel(specials, post), maxTokens);
    }

    private static Map<String, Object> byteLevel(List<String> specials, Object post) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        specials.forEach(token -> vocabulary.put(token, vocabulary.size()));
        for (int b = 0; b < 256; b++) {
            vocabulary.put(letter(b), vocabulary.size());
        }
        List<String> merges = new ArrayList<>();
        for (String word : WORDS) {
            merge("\u0120" + word, vocabulary, merges);
        }
        for (String word : WORDS) {
            merge(word, vocabulary, merges);
        }
        List<Map<String, Object>> added = new ArrayList<>();
        for (String token : specials) {
            // A mask takes the blank before it along.
            added.add(added(vocabulary.get(token), token, token.equals("<mask>")));
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("vocab", vocabulary);
        model.put("merges", merges);
        Map<String, Object> bytes =
                Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true);
        return json(added, bytes, post, bytes, model);
    }

    private static void merge(String word, Map<String, Integer> vocabulary, List<String> merges) {
        for (int end = 2; end <= word.length(); end++) {
            String left = word.substring(0, end - 1);
            String merge = left + " " + word.charAt(end - 1);
            if (!merges.contains(merge)) {
                merges.add(merge);
            }
            vocabulary.putIfAbsent(word.substring(0, end), vocabulary.size());
        }
    }

    /** The printable letter that GPT-2's byte-level vocabulary writes for a byte. */
    private static String letter(int b) {
        boolean printable = b >= 33 && b <= 126 || b >= 161 && b <= 172 || b >= 174;
        if (printable) {
            return String.valueOf((char) b);
        }
        int before = 0;
        for (int i = 0; i < b; i++) {
            before += i >= 33 && i <= 126 || i >= 161 && i <= 172 || i >= 174 ? 0 : 1;
        }
        return String.valueOf((char) (256 + before));
    }

    private static Map<String, Object> added(int id, String token, boolean takesBlankBefore) {
        return Map.of(
                "id", id,
                "content", token,
                "single_word", false,
                "lstrip", takesBlankBefore,
                "rstrip", false,
                "normalized", false,
                "special", true);
    }

    private static Object special(String token, int segment) {
        return Map.of("SpecialToken", Map.of("id", token, "type_id", segment));
    }

    private static Object sequence(String name, int segment) {
        return Map.of("Sequence", Map.of("id", name, "type_id", segment));
    }

    private static Map<String, Object> specialIds(Map<String, Integer> ids) {
        Map<String, Object> all = new LinkedHashMap<>();
        ids.forEach(
                (token, id) ->
                        all.put(
                                token,
                                Map.of("id", token, "ids", List.of(id), "tokens", List.of(token))));
        return all;
    }

    private static Map<String, Object> json(
            Object added, Object preTokenizer, Object post, Object decoder, Object model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "1.0");
        json.put("truncation", null);
        json.put("padding", null);
        json.put("added_tokens", added);
        json.put("normalizer", null);
        json.put("pre_tokenizer", preTokenizer);
        json.put("post_processor", post);
        json.put("decoder", decoder);
        json.put("model", model);
        return json;
    }

    private static TextTokenizer open(Path folder, Map<String, Object> json, int maxTokens) {
        MiniLm.prepare();
        Path file = folder.resolve("tokenizer.json");
        try {
            Files.writeString(
                    file, new JsonMapper().writeValueAsString(json), StandardCharsets.UTF_8);
            return TextTokenizer.open(file, maxTokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DataException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** How the vocabulary spells a token. */
    static String name(TextTokenizer tokenizer, int id) {
        try {
            JsonNode json = new JsonMapper().readTree(tokenizer.file().toFile());
            for (Map.Entry<String, JsonNode> entry : json.at("/model/vocab").properties()) {
                if (entry.getValue().asInt() == id) {
                    return entry.getKey();
                }
            }
            throw new AssertionError("no token " + id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
