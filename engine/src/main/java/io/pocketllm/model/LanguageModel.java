package io.pocketllm.model;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pocketllm.onnx.OnnxException;
import io.pocketllm.onnx.OnnxFile;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transformer encoder in an ONNX file: its weights by name, and where in its graph one can attach
 * things.
 *
 * <p>Owns the mapped file; closing it makes every frozen weight unusable.
 */
public final class LanguageModel implements AutoCloseable {

    private static final Pattern LAYER =
            Pattern.compile("(?:^|\\.)(?:layer|layers|h|block)\\.(\\d+)\\.");

    private final ModelFiles files;
    private final OnnxFile file;
    private final String hiddenStates;
    private final int hiddenSize;

    private LanguageModel(ModelFiles files, OnnxFile file, String hiddenStates, int hiddenSize) {
        this.files = files;
        this.file = file;
        this.hiddenStates = hiddenStates;
        this.hiddenSize = hiddenSize;
    }

    /**
     * Opens an encoder.
     *
     * @throws ModelException where the file cannot be read, or its graph is no text encoder: it
     *     must take {@code input_ids} and {@code attention_mask} and give hidden states of shape
     *     (batch, tokens, hidden)
     */
    public static LanguageModel open(ModelFiles files) throws ModelException {
        OnnxFile file;
        try {
            file = OnnxFile.open(files.onnx());
        } catch (OnnxException e) {
            throw new ModelException(e.getMessage(), e.hint());
        }
        try {
            List<String> inputs =
                    file.model().getGraph().getInputList().stream()
                            .map(ValueInfoProto::getName)
                            .toList();
            for (String needed : List.of("input_ids", "attention_mask")) {
                if (!inputs.contains(needed)) {
                    throw new ModelException(
                            files.onnx()
                                    + ": has no input \""
                                    + needed
                                    + "\"; its inputs are "
                                    + inputs,
                            "Export a text encoder with Optimum: its inputs are input_ids and attention_mask.");
                }
            }
            for (ValueInfoProto output : file.model().getGraph().getOutputList()) {
                var shape = output.getType().getTensorType().getShape();
                if (shape.getDimCount() == 3 && shape.getDim(2).getDimValue() > 0) {
                    return new LanguageModel(
                            files,
                            file,
                            output.getName(),
                            Math.toIntExact(shape.getDim(2).getDimValue()));
                }
            }
            throw new ModelException(
                    files.onnx() + ": gives no hidden states of shape (batch, tokens, hidden)",
                    "Export the encoder for feature extraction, so that last_hidden_state is an output.");
        } catch (ModelException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The mapped ONNX file. */
    public OnnxFile file() {
        return file;
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
        return hiddenStates;
    }

    /** Numbers in a token's hidden state. */
    public int hiddenSize() {
        return hiddenSize;
    }

    /** The fp32 weights by name, read-only views of the file. */
    public Map<String, Tensor> weights() {
        return file.weights();
    }

    /** How many fp32 numbers the model has. */
    public long parameters() {
        return weights().values().stream().mapToLong(Tensor::elements).sum();
    }

    /** Transformer layers, counted from the weights' names; 0 where the names do not say. */
    public int layers() {
        int highest = -1;
        for (String name : weights().keySet()) {
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
                "encoder, %shidden size %d, %.1f M parameters, fp32",
                depth,
                hiddenSize,
                parameters() / 1e6);
    }

    @Override
    public void close() {
        file.close();
    }
}
