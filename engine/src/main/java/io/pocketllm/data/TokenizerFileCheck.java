package io.pocketllm.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at a tokenizer.json from outside before a library reads it whole into memory. */
final class TokenizerFileCheck {

    /** Those of vocabularies of 256,000 tokens are some 35 MB. */
    private static final long MAX_BYTES = 200L << 20;

    private TokenizerFileCheck() {}

    /**
     * @throws DataException where there is no such plain file, or it is too large to be one
     */
    static void require(Path file) throws DataException {
        try {
            if (Files.notExists(file)) {
                throw new DataException(
                        file + ": is no usable tokenizer.json (there is no such file)",
                        "Put the model's tokenizer.json (Hugging Face format) there.");
            }
            if (!Files.isRegularFile(file)) {
                throw new DataException(
                        file + ": is no usable tokenizer.json (it is no plain file)",
                        "Name the model's tokenizer.json.");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new DataException(
                        file
                                + ": is no usable tokenizer.json (it is larger than "
                                + (MAX_BYTES >> 20)
                                + " MiB)",
                        "Copy the model's tokenizer.json again.");
            }
        } catch (IOException e) {
            throw new DataException(
                    file + ": cannot be read (" + e.getMessage() + ")",
                    "Check the file's permissions and the disk.");
        }
    }
}
