package io.pocketllm.model;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.model.base.Matrix;
import io.pocketllm.model.base.WeightSource;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        options.base().ifPresent(base -> convert(graph, projections, options));
        graph.feedHalvesAsFloats(options.fedAsFp32());
        return new ForwardGraph(
                graph,
                export.hiddenStates(),
                List.of(),
                projections,
                List.of(),
                List.of(),
                head(options));
    }

    /**
     * Scores words with the file's own projection. What stands before it belongs to the hidden
     * states, so nothing is left to transform.
     */
    private VocabularyHead head(GraphOptions options) {
        ExportOutputs.VocabularyProjection projection = projection();
        if (projection == null) {
            return null;
        }
        return new VocabularyHead(
                (graph, hidden) -> hidden,
                weight(projection.weight(), options),
                projection.bias() == null ? null : weight(projection.bias(), options),
                projection.outputsFirst(),
                VocabularyHead.PIECE);
    }

    /** What makes logits of the very states a head reads; null where something stands between. */
    private ExportOutputs.VocabularyProjection projection() {
        ExportOutputs outputs = export.outputs();
        ExportOutputs.VocabularyProjection found = outputs.projection();
        return found != null && found.input().equals(outputs.hiddenStates()) ? found : null;
    }

    /** Nodes that read a converted matrix, made anew. */
    private void convert(OnnxGraph graph, List<Projection> projections, GraphOptions options) {
        for (Projection p : projections) {
            Weight weight = weight(p.weight(), options);
            if (weight.quantised().isEmpty() && weight.dtype() == DType.F32) {
                continue;
            }
            NodeProto node = graph.removeNode(p.output());
            String bias = node.getInputCount() > 2 ? node.getInput(2) : null;
            if (bias != null && weights().containsKey(bias)) {
                weight(bias, options).addTo(graph);
            }
            if (weight.quantised().isPresent() || node.getOpType().equals("Gemm")) {
                weight.addLinear(graph, p.output(), p.input(), p.outputsFirst(), bias);
            } else {
                graph.add("MatMul", p.output(), List.of(p.input(), weight.addTo(graph)));
            }
        }
        for (NodeProto node : graph.nodes().stream().filter(this::looksUpWords).toList()) {
            Weight weight = weight(node.getInput(0), options);
            if (weight.quantised().isPresent()) {
                graph.removeNode(node.getOutput(0));
                weight.addRows(graph, node.getOutput(0), node.getInput(1));
            } else if (weight.dtype() != DType.F32) {
                graph.removeNode(node.getOutput(0));
                String half = node.getOutput(0) + "/stored";
                graph.add("Gather", half, List.of(weight.addStoredTo(graph), node.getInput(1)));
                graph.add("Cast", node.getOutput(0), List.of(half), OnnxGraph.TO_FLOAT);
            }
        }
    }

    private Weight weight(String name, GraphOptions options) {
        Tensor stored = weights().get(name);
        return Weight.of(name, stored.dtype(), stored.shape(), options);
    }

    private boolean looksUpWords(NodeProto node) {
        return node.getOpType().equals("Gather")
                && node.getInput(1).equals("input_ids")
                && weights().containsKey(node.getInput(0));
    }

    /**
     * Linear layers and the table of words, where one node alone reads them. A matrix that only
     * scores words stays: label words take single rows of it, which a layer's format cannot give.
     */
    private List<Matrix> matrices() {
        OnnxGraph graph = export.graph();
        List<Matrix> matrices = new ArrayList<>();
        for (NodeProto node : graph.nodes()) {
            if (looksUpWords(node)) {
                long[] shape = weights().get(node.getInput(0)).shape();
                matrices.add(Matrix.table(node.getInput(0), (int) shape[0], (int) shape[1]));
            }
        }
        String scoring = projection() == null ? "" : projection().weight();
        for (Projection p : Projection.all(graph, weights())) {
            if (!p.weight().equals(scoring) && isPlainProduct(graph, p)) {
                matrices.add(Matrix.linear(p.weight(), p.inSize(), p.outSize(), p.outputsFirst()));
            }
        }
        matrices.removeIf(m -> readers(graph, m.name()) != 1);
        return matrices;
    }

    /** True but for a Gemm that also scales or turns its inputs. */
    private static boolean isPlainProduct(OnnxGraph graph, Projection p) {
        return graph.nodes().stream()
                .filter(n -> n.getOutputList().contains(p.output()))
                .flatMap(n -> n.getAttributeList().stream())
                .allMatch(
                        a ->
                                switch (a.getName()) {
                                    case "alpha", "beta" -> a.getF() == 1;
                                    case "transA" -> a.getI() == 0;
                                    default -> true;
                                });
    }

    private static long readers(OnnxGraph graph, String weight) {
        return graph.nodes().stream().filter(n -> n.getInputList().contains(weight)).count();
    }

    /**
     * @throws ModelException where the export computes in half precision: its values meet quantised
     *     layers in a type they do not take
     */
    BaseWeights base(BaseSpec spec, Path cache) throws ModelException {
        if (spec.format() != BaseFormat.AS_STORED && export.outputs().half()) {
            throw new ModelException(
                    export.file().path()
                            + ": computes in fp16, and the base "
                            + spec.format().label()
                            + " needs a model that computes in fp32",
                    "Export the model in fp32, name its Hugging Face folder, or use the base"
                            + " \"stored\".");
        }
        WeightSource source =
                new WeightSource(
                        List.of(export.file().path()),
                        () -> {
                            OnnxExport again = OnnxExport.open(export.file().path());
                            return new WeightSource.Opened(again.file().weights(), again::close);
                        });
        return BaseWeights.open(spec, source, weights(), matrices(), cache);
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
