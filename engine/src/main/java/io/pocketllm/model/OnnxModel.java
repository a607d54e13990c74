package io.pocketllm.model;

import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A transformer in an ONNX file, seen as any other model. */
final class OnnxModel implements AutoCloseable {

    private static final Pattern LAYER =
            Pattern.compile("(?:^|\\.)(?:layer|layers|h|block)\\.(\\d+)\\.");

    private final OnnxExport export;

    private OnnxModel(OnnxExport export) {
        this.export = export;
    }

    static OnnxModel open(Path path) throws ModelException {
        return new OnnxModel(OnnxExport.open(path));
    }

    Map<String, Tensor> weights() {
        return export.file().weights();
    }

    ForwardGraph graph(GraphOptions options) {
        if (options.prefixTokens() > 0) {
            throw new IllegalArgumentException("the graph of an ONNX file takes no prefix");
        }
        OnnxGraph graph = export.graph();
        List<Projection> projections = Projection.all(graph, weights());
        graph.feedHalvesAsFloats(options.fedAsFp32());
        return new ForwardGraph(
                graph,
                export.hiddenStates(),
                List.of(),
                projections,
                List.of(),
                List.of(),
                head(options.fedAsFp32()));
    }

    /**
     * Scores words with the file's own projection. What stands before it belongs to the hidden
     * states, so nothing is left to transform.
     */
    private VocabularyHead head(Predicate<String> fedAsFp32) {
        ExportOutputs.VocabularyProjection projection = projection();
        if (projection == null) {
            return null;
        }
        return new VocabularyHead(
                (graph, hidden) -> hidden,
                weight(projection.weight(), fedAsFp32),
                projection.bias() == null ? null : weight(projection.bias(), fedAsFp32),
                projection.outputsFirst(),
                VocabularyHead.PIECE);
    }

    /** What makes logits of the very states a head reads; null where something stands between. */
    private ExportOutputs.VocabularyProjection projection() {
        ExportOutputs outputs = export.outputs();
        ExportOutputs.VocabularyProjection found = outputs.projection();
        return found != null && found.input().equals(outputs.hiddenStates()) ? found : null;
    }

    private Weight weight(String name, Predicate<String> fedAsFp32) {
        Tensor tensor = weights().get(name);
        return new Weight(name, fedAsFp32.test(name) ? DType.F32 : tensor.dtype(), tensor.shape());
    }

    /** What the file tells: it names no heads and no context. */
    ModelInfo info() {
        ExportOutputs outputs = export.outputs();
        List<String> inputs = export.graph().dataInputs();
        long parameters = weights().values().stream().mapToLong(Tensor::elements).sum();
        return new ModelInfo(
                "onnx",
                kind(),
                layers(),
                outputs.hiddenSize(),
                outputs.hiddenSize(),
                0,
                0,
                0,
                0,
                outputs.vocabularySize(),
                0,
                outputs.half() ? DType.F16 : DType.F32,
                parameters,
                tied(),
                Map.of(),
                projection() != null,
                inputs.contains("token_type_ids"),
                inputs.contains("position_ids"),
                false);
    }

    /**
     * A graph does not say who sees whom. Files that score words are causal models, but for masked
     * ones, whose layers are called encoder's or whose embeddings tell segments apart.
     */
    private Kind kind() {
        boolean masked =
                export.file().publishedNames().values().stream()
                        .anyMatch(n -> n.contains("encoder.layer.") || n.contains("token_type"));
        return export.outputs().logits() != null && !masked ? Kind.DECODER : Kind.ENCODER;
    }

    /** Groups of names that are one tensor, the one that is read first. */
    private List<List<String>> tied() {
        Map<String, List<String>> groups = new TreeMap<>();
        export.file()
                .tiedCopies()
                .forEach(
                        (copy, owner) ->
                                groups.computeIfAbsent(owner, o -> new ArrayList<>(List.of(o)))
                                        .add(copy));
        return List.copyOf(groups.values());
    }

    /** Counted from the weights' names; 0 where the names do not say. */
    private int layers() {
        int highest = -1;
        for (String name : export.file().publishedNames().values()) {
            Matcher matcher = LAYER.matcher(name);
            if (matcher.find()) {
                highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
            }
        }
        return highest + 1;
    }

    @Override
    public void close() {
        export.close();
    }
}
