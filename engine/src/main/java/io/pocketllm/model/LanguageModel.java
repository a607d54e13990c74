package io.pocketllm.model;

import io.pocketllm.onnx.OnnxFile;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transformer in an ONNX file: its weights by name, and where in its graph one can attach things.
 *
 * <p>Owns the mapped file; closing it makes every frozen weight unusable.
 */
public final class LanguageModel implements AutoCloseable {

    private static final Pattern LAYER =
            Pattern.compile("(?:^|\\.)(?:layer|layers|h|block)\\.(\\d+)\\.");

    private final ModelFiles files;
    private final OnnxExport export;

    private LanguageModel(ModelFiles files, OnnxExport export) {
        this.files = files;
        this.export = export;
    }

    /**
     * Opens a text model.
     *
     * @throws ModelException where the file cannot be read, or its graph is no text model: it must
     *     take {@code input_ids} and {@code attention_mask} and give hidden states of shape (batch,
     *     tokens, hidden) or logits of shape (batch, tokens, vocabulary)
     */
    public static LanguageModel open(ModelFiles files) throws ModelException {
        return new LanguageModel(files, OnnxExport.open(files.onnx()));
    }

    /** The mapped ONNX file. */
    public OnnxFile file() {
        return export.file();
    }

    /** A new graph of the model, its weights inputs. */
    public OnnxGraph graph() {
        return export.graph();
    }

    /** Its tokenizer.json. */
    public Path tokenizer() {
        return files.tokenizer();
    }

    /** Its name for people. */
    public String name() {
        return files.name();
    }

    /** The value of shape (batch, tokens, hidden) that a head reads. */
    public String hiddenStates() {
        return export.hiddenStates();
    }

    /** Numbers in a token's hidden state. */
    public int hiddenSize() {
        return export.outputs().hiddenSize();
    }

    /**
     * Rows of the table that token ids select from; 0 where the graph does not say. A text with an
     * id beyond it cannot be fed.
     */
    public int vocabularySize() {
        return export.outputs().vocabularySize();
    }

    /** The weights by name as they are stored, read-only views of the files. */
    public Map<String, Tensor> weights() {
        return export.file().weights();
    }

    /** How many numbers its weights have. */
    public long parameters() {
        return weights().values().stream().mapToLong(Tensor::elements).sum();
    }

    /** Transformer layers, counted from the weights' names; 0 where the names do not say. */
    public int layers() {
        int highest = -1;
        for (String name : export.file().publishedNames().values()) {
            Matcher matcher = LAYER.matcher(name);
            if (matcher.find()) {
                highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
            }
        }
        return highest + 1;
    }

    /** One line for people: "encoder, 6 layers, hidden size 384, 22.7 M parameters, fp32". */
    public String describe() {
        String depth = layers() == 0 ? "" : layers() + " layers, ";
        return String.format(
                Locale.ROOT,
                "%s, %shidden size %d, %.1f M parameters, %s",
                export.logits() == null ? "encoder" : "language model",
                depth,
                hiddenSize(),
                parameters() / 1e6,
                export.outputs().half() ? "fp16" : "fp32");
    }

    @Override
    public void close() {
        export.close();
    }
}
