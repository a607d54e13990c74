package io.pocketllm.model.architecture;

import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.Projection;
import io.pocketllm.model.VocabularyHead;
import io.pocketllm.model.Weight;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.model.base.Matrix;
import io.pocketllm.model.base.WeightSource;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.CheckpointFile;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.TensorFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Hugging Face folder: {@code config.json} and weights in the safetensors format, memory-mapped.
 * Closing it takes the weights away.
 */
public final class HuggingFaceModel implements AutoCloseable {

    private final Path folder;
    private final CheckpointFile file;
    private final ConfigFile config;
    private final Architecture architecture;
    private final Map<String, Tensor> weights;
    private final ModelInfo info;
    private final List<Matrix> matrices;

    private HuggingFaceModel(
            Path folder,
            CheckpointFile file,
            ConfigFile config,
            Architecture architecture,
            String type) {
        this.folder = folder;
        this.config = config;
        this.file = file;
        this.architecture = architecture;
        // Built once to see that all parameters are there, and which.
        Checkpoint checkpoint = checkpoint(GraphOptions.PLAIN);
        OnnxGraph graph = new OnnxGraph();
        Blocks blocks = new Blocks(graph, checkpoint, GraphOptions.PLAIN);
        ForwardGraph plain = forward(blocks);
        boolean head = plain.vocabularyHead().isPresent();
        matrices = matrices(plain, blocks.wordTable());
        Map<String, Tensor> inFileOrder = new LinkedHashMap<>(file.tensors());
        inFileOrder.keySet().retainAll(checkpoint.used().keySet());
        weights = Collections.unmodifiableMap(inFileOrder);
        info = info(type, checkpoint, graph.dataInputs(), head);
    }

    /** True where the folder holds config.json and safetensors weights. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(ConfigFile.NAME)) && CheckpointFile.isIn(folder);
    }

    /**
     * Opens a folder.
     *
     * @throws ModelException where a file is missing or damaged, the architecture is not known, or
     *     a parameter is missing or has another shape than config.json says
     */
    public static HuggingFaceModel open(Path folder) throws ModelException {
        ConfigFile config = ConfigFile.in(folder);
        Architecture architecture = Architectures.of(config);
        CheckpointFile file = checkpoint(folder);
        try {
            return new HuggingFaceModel(
                    folder, file, config, architecture, config.text("model_type", null));
        } catch (UnusableCheckpoint e) {
            file.close();
            throw e.reason();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** What it is made of. */
    public ModelInfo info() {
        return info;
    }

    /** The parameters of the forward pass under their names in the file, in its order. */
    public Map<String, Tensor> weights() {
        return weights;
    }

    /** Copies a weight, as stored or into fp32, without making its pages in the file resident. */
    public void read(String weight, Tensor target) throws IOException {
        file.read(weight, target);
    }

    /** The safetensors file that holds a weight. */
    public Path fileOf(String weight) {
        return file.fileOf(weight);
    }

    /** A fresh forward graph. */
    public ForwardGraph graph(GraphOptions options) {
        return forward(new Blocks(new OnnxGraph(), checkpoint(options), options));
    }

    /**
     * The frozen weights in another format.
     *
     * @param cache the program's cache folder
     * @throws ModelException where a weight cannot be converted or the cache not be written
     */
    public BaseWeights base(BaseSpec spec, Path cache) throws ModelException {
        return BaseWeights.open(spec, source(), weights, matrices, cache);
    }

    /** The files it was read from, to be mapped anew. */
    public WeightSource source() {
        return new WeightSource(
                file.paths(),
                () -> {
                    CheckpointFile again = checkpoint(folder);
                    return new WeightSource.Opened(again.tensors(), again::close);
                });
    }

    /** Every tensor of the files, those too that the forward pass does not read. */
    public Map<String, Tensor> stored() {
        return file.tensors();
    }

    /** What has to be known to write it with fewer heads or layers. */
    public LayerStructure structure() {
        Dimensions sizes = architecture.sizes();
        int stored = sizes.layers() / architecture.uses();
        return new LayerStructure(
                config.copy(),
                architecture.layersKey(),
                PrunedHeads.KEY,
                stored,
                architecture.uses(),
                architecture.losesHeads(),
                IntStream.range(0, stored)
                        .mapToObj(
                                layer ->
                                        IntStream.range(0, sizes.heads())
                                                .filter(h -> !sizes.pruned().in(layer).contains(h))
                                                .boxed()
                                                .toList())
                        .toList(),
                sizes.heads(),
                sizes.headSize());
    }

    /** Linear layers, the table of words, and the matrix that scores words. */
    private static List<Matrix> matrices(ForwardGraph plain, Weight words) {
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        table(matrices, words);
        for (Projection p : plain.projections()) {
            matrices.put(
                    p.weight(),
                    Matrix.linear(p.weight(), p.inSize(), p.outSize(), p.outputsFirst()));
        }
        plain.vocabularyHead().ifPresent(head -> table(matrices, head.decoder()));
        return List.copyOf(matrices.values());
    }

    private static void table(Map<String, Matrix> matrices, Weight table) {
        long[] shape = table.shape();
        matrices.put(table.name(), Matrix.table(table.name(), (int) shape[0], (int) shape[1]));
    }

    private static CheckpointFile checkpoint(Path folder) throws ModelException {
        try {
            return CheckpointFile.open(folder);
        } catch (TensorFileException e) {
            throw new ModelException(e.getMessage(), e.hint());
        }
    }

    private Checkpoint checkpoint(GraphOptions options) {
        return new Checkpoint(folder.toString(), file.tensors(), architecture.base(), options);
    }

    private ForwardGraph forward(Blocks blocks) {
        Attention attention = architecture.addTo(blocks);
        VocabularyHead head = architecture.head(blocks);
        return new ForwardGraph(
                blocks.graph(),
                blocks.layerOutputs().getLast(),
                blocks.layerOutputs(),
                blocks.projections(),
                attention.keyValues(),
                attention.prefixInputs(),
                head);
    }

    private ModelInfo info(String type, Checkpoint checkpoint, List<String> inputs, boolean head) {
        return architecture
                .sizes()
                .info(
                        type,
                        commonest(),
                        weights.values().stream().mapToLong(Tensor::elements).sum(),
                        checkpoint.tied(),
                        checkpoint.elementsByPart(),
                        head,
                        inputs);
    }

    private DType commonest() {
        return weights.values().stream()
                .collect(
                        Collectors.groupingBy(
                                Tensor::dtype, Collectors.summingLong(Tensor::elements)))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    @Override
    public void close() {
        file.close();
    }
}
