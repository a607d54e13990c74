package io.pocketllm.data;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The Hugging Face tokenizers library over a {@code tokenizer.json} of any architecture.
 *
 * <p>Its Java binding asks a cloud metadata address at its first use unless told not to; {@code
 * NativeLibraries} must have run before. A test watches that no connection is attempted.
 */
public final class TextTokenizer implements AutoCloseable {

    private final Path file;
    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerJson json;
    private final int maxTokens;

    private TextTokenizer(
            Path file, HuggingFaceTokenizer tokenizer, TokenizerJson json, int maxTokens) {
        this.file = file;
        this.tokenizer = tokenizer;
        this.json = json;
        this.maxTokens = maxTokens;
    }

    /**
     * Opens a tokenizer.
     *
     * @param maxTokens longer rows are cut to this many tokens, special tokens included
     * @throws DataException where the file is missing or damaged
     */
    public static TextTokenizer open(Path file, int maxTokens) throws DataException {
        if (!"true".equals(System.getProperty("ai.djl.offline"))) {
            throw new IllegalStateException(
                    "the tokenizer library must be switched to offline before its first use");
        }
        TokenizerFileCheck.require(file);
        // The library would cut from the end whatever stands there; encoders cut texts only.
        Map<String, String> options = Map.of("padding", "false", "truncation", "false");
        try {
            TokenizerJson json = TokenizerJson.read(file);
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file, options);
            return new TextTokenizer(file, tokenizer, json, maxTokens);
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    file + ": is no usable tokenizer.json (" + e.getMessage() + ")",
                    "Copy the model's tokenizer.json again.");
        }
    }

    /** Token ids of a text with the model's special tokens, cut to the limit from the end. */
    public long[] encode(String text) {
        TokenRow row =
                new TextEncoder(this).encode(new Example(text, 0)).example().rows().getFirst();
        return Arrays.stream(row.ids()).asLongStream().toArray();
    }

    /** Token ids of a piece of text: no special tokens, never cut. A leading space counts. */
    public int[] encodePiece(String piece) {
        return ints(tokenizer.encode(piece, false, false).getIds());
    }

    /** A whole text between the model's special tokens, with each token's place, never cut. */
    PlacedTokens encodeWhole(String text) {
        return PlacedTokens.of(tokenizer.encode(text, true, false));
    }

    /** A pair of texts as the model's own post-processing joins them, never cut. */
    PlacedTokens encodePair(String text, String text2) {
        return PlacedTokens.of(tokenizer.encode(text, text2, true, false));
    }

    /** The tokens themselves, as the vocabulary spells them, of a piece of text. */
    public List<String> tokens(String piece) {
        Encoding encoding = tokenizer.encode(piece, false, false);
        return List.of(encoding.getTokens());
    }

    /** The text that token ids stand for, special tokens left out. */
    public String decode(int... ids) {
        return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true);
    }

    /** Rows are cut to this many tokens, special tokens included. */
    public int maxTokens() {
        return maxTokens;
    }

    /** The file it was read from, for messages. */
    public Path file() {
        return file;
    }

    /** Largest token id plus one; a model's embedding needs at least so many rows. */
    public int vocabularySize() {
        return json.largestId() + 1;
    }

    /** The id that fills short rows; masked out, so that it only has to exist. */
    public int padId() {
        Integer pad = json.paddingId();
        if (pad == null) {
            pad = json.idOf("pad_token", List.of("[PAD]", "<pad>", "<|pad|>", "<|endoftext|>"));
        }
        return pad == null ? 0 : pad;
    }

    /** The token that stands for a word to be guessed; empty for a model that has none. */
    public OptionalInt maskId() {
        return optional(json.idOf("mask_token", List.of("[MASK]", "<mask>", "<|mask|>")));
    }

    /** The mask as it is written inside a text; null for a model that has none. */
    String maskText() {
        return maskId().isPresent() ? json.addedToken(maskId().getAsInt()) : null;
    }

    /** The token that ends a text; empty where the files do not say. */
    public OptionalInt endId() {
        return optional(
                json.idOf(
                        "eos_token", List.of("</s>", "<|endoftext|>", "<|end_of_text|>", "<eos>")));
    }

    /**
     * Checks that a model has an embedding for every id this tokenizer can give.
     *
     * @param modelVocabulary rows of the model's embedding
     * @throws DataException where it has not, naming the file
     */
    public void requireWithin(int modelVocabulary) throws DataException {
        if (vocabularySize() > modelVocabulary) {
            throw new DataException(
                    file
                            + ": has token ids up to "
                            + json.largestId()
                            + ", and the model has embeddings for 0 to "
                            + (modelVocabulary - 1),
                    "Use the tokenizer.json that was published with this model.");
        }
    }

    private static OptionalInt optional(Integer id) {
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
