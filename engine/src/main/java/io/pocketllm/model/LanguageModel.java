package io.pocketllm.model;

import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.model.architecture.HuggingFaceModel;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A transformer, from a Hugging Face folder or an ONNX file: its weights by name, and its forward
 * pass as a graph to build on.
 *
 * <p>Owns the mapped files; closing it makes every frozen weight unusable.
 */
public final class LanguageModel implements AutoCloseable {

    private final ModelFiles files;
    private final ModelInfo info;
    private final Map<String, Tensor> weights;
    private final Function<GraphOptions, ForwardGraph> graphs;
    private final Bases bases;
    private final String hiddenStates;
    private final WeightSource source;
    private final Function<String, Path> fileOf;
    private final Optional<HuggingFaceModel> huggingFace;
    private final Runnable onClose;

    /** Copies a weight by its name. */
    @FunctionalInterface
    private interface WeightSource {
        void read(String name, Tensor target) throws IOException;
    }

    private LanguageModel(ModelFiles files, HuggingFaceModel model) {
        this.files = files;
        info = model.info();
        weights = model.weights();
        graphs = model::graph;
        bases = model::base;
        hiddenStates = graph().hiddenStates();
        source = model::read;
        fileOf = model::fileOf;
        huggingFace = Optional.of(model);
        onClose = model::close;
    }

    private LanguageModel(ModelFiles files, OnnxModel model) {
        this.files = files;
        info = model.info();
        weights = model.weights();
        graphs = model::graph;
        bases = model::base;
        hiddenStates = graph().hiddenStates();
        source = (name, target) -> model.weights().get(name).copyInto(target);
        fileOf = weight -> files.path();
        huggingFace = Optional.empty();
        onClose = model::close;
    }

    /**
     * Opens a model.
     *
     * @throws ModelException where a file cannot be read, the architecture is not known, parameters
     *     are missing or have other shapes than config.json says; or an ONNX file is no text
     *     encoder: it must take {@code input_ids} and {@code attention_mask} and give hidden states
     *     of shape (batch, tokens, hidden)
     */
    public static LanguageModel open(ModelFiles files) throws ModelException {
        return Files.isDirectory(files.path())
                ? new LanguageModel(files, HuggingFaceModel.open(files.path()))
                : new LanguageModel(files, OnnxModel.open(files.path()));
    }

    /** What it is made of. */
    public ModelInfo info() {
        return info;
    }

    /** Its tokenizer.json. */
    public Path tokenizer() {
        return files.tokenizer();
    }

    /** The ONNX file or the Hugging Face folder it was opened from. */
    public Path path() {
        return files.path();
    }

    /** The file that a weight is read from, for messages: one of several where they are split. */
    public Path fileOf(String weight) {
        return fileOf.apply(weight);
    }

    /** Its name for people. */
    public String name() {
        return files.name();
    }

    /** The value of shape (batch, tokens, hiddenSize) in its graphs that a head reads. */
    public String hiddenStates() {
        return hiddenStates;
    }

    /** Numbers in a token's last hidden state. */
    public int hiddenSize() {
        return info.stateSize();
    }

    /**
     * The weights by published name, read-only views of the files in the format they are stored in.
     * A tensor that is used in several places is there once.
     */
    public Map<String, Tensor> weights() {
        return weights;
    }

    /**
     * Copies a weight, bit for bit into its own format or widened exactly into fp32. What a
     * checkpoint's file holds is read without becoming resident beside the copy.
     *
     * @param name one of {@link #weights}
     * @param target of the weight's format or fp32, of as many numbers
     * @throws IOException where the file cannot be read any more
     */
    public void read(String name, Tensor target) throws IOException {
        source.read(name, target);
    }

    /** How many numbers the model has. */
    public long parameters() {
        return info.parameters();
    }

    /** Transformer layers; 0 where an ONNX file's names do not say. */
    public int layers() {
        return info.layers();
    }

    /** A fresh forward graph on each call. */
    public ForwardGraph graph() {
        return graph(GraphOptions.PLAIN);
    }

    /**
     * A fresh forward graph on each call.
     *
     * @throws IllegalArgumentException where a prefix is asked for and {@link
     *     ModelInfo#takesPrefix} is false
     */
    public ForwardGraph graph(GraphOptions options) {
        return graphs.apply(options);
    }

    /**
     * The frozen weights in another format, for {@link GraphOptions#withBase}. Converted once, in
     * bounded memory, and kept in the cache under their content hash.
     *
     * @param cache the program's cache folder
     * @throws ModelException where a weight cannot be converted or the cache not be written
     */
    public BaseWeights base(BaseSpec spec, Path cache) throws ModelException {
        return bases.open(spec, cache);
    }

    /** From a format to the weights in it. */
    @FunctionalInterface
    private interface Bases {
        BaseWeights open(BaseSpec spec, Path cache) throws ModelException;
    }

    /** The Hugging Face folder it is; empty for an ONNX file. Closed with it. */
    public Optional<HuggingFaceModel> huggingFace() {
        return huggingFace;
    }

    /** One line for people: "encoder, 6 layers, hidden size 384, 22.7 M parameters, fp32". */
    public String describe() {
        String kind = info.kind() == Kind.ENCODER ? "encoder" : "decoder";
        String depth = layers() == 0 ? "" : layers() + " layers, ";
        return String.format(
                Locale.ROOT,
                "%s%s, %shidden size %d, %.1f M parameters, %s",
                info.architecture().equals("onnx") ? "" : info.architecture() + " ",
                kind,
                depth,
                info.hiddenSize(),
                parameters() / 1e6,
                switch (info.dtype()) {
                    case F32 -> "fp32";
                    case F16 -> "fp16";
                    default -> info.dtype().name().toLowerCase(Locale.ROOT);
                });
    }

    @Override
    public void close() {
        onClose.run();
    }
}
