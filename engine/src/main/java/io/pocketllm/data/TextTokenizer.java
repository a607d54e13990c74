package io.pocketllm.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The Hugging Face tokenizers library over a {@code tokenizer.json}.
 *
 * <p>Its Java binding asks a cloud metadata address at its first use unless told not to; {@code
 * NativeLibraries} must have run before. A test watches that no connection is attempted.
 */
public final class TextTokenizer implements AutoCloseable {

    private final HuggingFaceTokenizer tokenizer;
    private final long padId;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, long padId) {
        this.tokenizer = tokenizer;
        this.padId = padId;
    }

    /**
     * Opens a tokenizer.
     *
     * @param maxTokens longer texts are cut to this many tokens, special tokens included
     * @throws DataException where the file is missing or damaged
     */
    public static TextTokenizer open(Path file, int maxTokens) throws DataException {
        if (!"true".equals(System.getProperty("ai.djl.offline"))) {
            throw new IllegalStateException(
                    "the tokenizer library must be switched to offline before its first use");
        }
        TokenizerFileCheck.require(file);
        Map<String, String> options =
                Map.of(
                        "padding", "false",
                        "truncation", "true",
                        "maxLength", String.valueOf(maxTokens));
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file, options);
            return new TextTokenizer(tokenizer, padId(file));
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    file + ": is no usable tokenizer.json (" + e.getMessage() + ")",
                    "Copy the model's tokenizer.json again.");
        }
    }

    private static long padId(Path file) throws IOException {
        var pad =
                new com.fasterxml.jackson.databind.json.JsonMapper()
                        .readTree(file.toFile())
                        .path("padding")
                        .path("pad_id");
        return pad.asLong(0);
    }

    /** Token ids of a text with the model's special tokens. */
    public long[] encode(String text) {
        return tokenizer.encode(text).getIds();
    }

    /** The id that fills short rows; masked out, so that it only has to exist. */
    public long padId() {
        return padId;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
