package io.pocketllm.model;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.model.base.Matrix;
import io.pocketllm.model.base.WeightSource;
import io.pocketllm.onnx.OnnxException;
import io.pocketllm.onnx.OnnxFile;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A transformer encoder in an ONNX file. */
final class OnnxModel implements AutoCloseable {

    private static final Pattern LAYER =
            Pattern.compile("(?:^|\\.)(?:layer|layers|h|block)\\.(\\d+)\\.");

    private final OnnxFile file;
    private final String hiddenStates;
    private final int hiddenSize;

    private OnnxModel(OnnxFile file, String hiddenStates, int hiddenSize) {
        this.file = file;
        this.hiddenStates = hiddenStates;
        this.hiddenSize = hiddenSize;
    }

    static OnnxModel open(Path path) throws ModelException {
        OnnxFile file = openFile(path);
        try {
            List<String> inputs =
                    file.model().getGraph().getInputList().stream()
                            .map(ValueInfoProto::getName)
                            .toList();
            for (String needed : List.of("input_ids", "attention_mask")) {
                if (!inputs.contains(needed)) {
                    throw new ModelException(
                            path + ": has no input \"" + needed + "\"; its inputs are " + inputs,
                            "Export a text encoder with Optimum: its inputs are input_ids and attention_mask.");
                }
            }
            for (ValueInfoProto output : file.model().getGraph().getOutputList()) {
                var shape = output.getType().getTensorType().getShape();
                if (shape.getDimCount() == 3 && shape.getDim(2).getDimValue() > 0) {
                    return new OnnxModel(
                            file, output.getName(), Math.toIntExact(shape.getDim(2).getDimValue()));
                }
            }
            throw new ModelException(
                    path + ": gives no hidden states of shape (batch, tokens, hidden)",
                    "Export the encoder for feature extraction, so that last_hidden_state is an output.");
        } catch (ModelException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    Map<String, Tensor> weights() {
        return file.weights();
    }

    ForwardGraph graph(GraphOptions options) {
        if (options.prefixTokens() > 0) {
            throw new IllegalArgumentException("the graph of an ONNX file takes no prefix");
        }
        OnnxGraph graph = new OnnxGraph(file.model());
        List<Projection> projections = Projection.all(graph, weights());
        options.base().ifPresent(base -> convert(graph, projections, options));
        return new ForwardGraph(
                graph, hiddenStates, List.of(), projections, List.of(), List.of(), null);
    }

    /** Nodes that read a converted matrix, made anew. */
    private void convert(OnnxGraph graph, List<Projection> projections, GraphOptions options) {
        for (Projection p : projections) {
            Weight weight = weight(p.weight(), options);
            if (weight.quantised().isPresent()) {
                graph.removeNode(p.output());
                weight.addLinear(graph, p.output(), p.input(), false, null);
            } else if (weight.dtype() != DType.F32) {
                graph.removeNode(p.output());
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

    /** Linear layers and the table of words, where one node alone reads them. */
    private List<Matrix> matrices() {
        OnnxGraph graph = new OnnxGraph(file.model());
        List<Matrix> matrices = new ArrayList<>();
        for (NodeProto node : graph.nodes()) {
            if (looksUpWords(node)) {
                long[] shape = weights().get(node.getInput(0)).shape();
                matrices.add(Matrix.table(node.getInput(0), (int) shape[0], (int) shape[1]));
            }
        }
        for (Projection p : Projection.all(graph, weights())) {
            matrices.add(Matrix.linear(p.weight(), p.inSize(), p.outSize(), false));
        }
        matrices.removeIf(m -> readers(graph, m.name()) != 1);
        return matrices;
    }

    private static long readers(OnnxGraph graph, String weight) {
        return graph.nodes().stream().filter(n -> n.getInputList().contains(weight)).count();
    }

    BaseWeights base(BaseSpec spec, Path cache) throws ModelException {
        WeightSource source =
                new WeightSource(
                        List.of(file.path()),
                        () -> {
                            OnnxFile again = openFile(file.path());
                            return new WeightSource.Opened(again.weights(), again::close);
                        });
        return BaseWeights.open(spec, source, weights(), matrices(), cache);
    }

    private static OnnxFile openFile(Path path) throws ModelException {
        try {
            return OnnxFile.open(path);
        } catch (OnnxException e) {
            throw new ModelException(e.getMessage(), e.hint());
        }
    }

    /** What the file tells: it names no heads and no context. */
    ModelInfo info() {
        List<String> inputs = new OnnxGraph(file.model()).dataInputs();
        long parameters = weights().values().stream().mapToLong(Tensor::elements).sum();
        return new ModelInfo(
                "onnx",
                Kind.ENCODER,
                layers(),
                hiddenSize,
                hiddenSize,
                0,
                0,
                0,
                0,
                0,
                0,
                DType.F32,
                parameters,
                List.of(),
                Map.of(),
                false,
                inputs.contains("token_type_ids"),
                inputs.contains("position_ids"),
                false);
    }

    /** Counted from the weights' names; 0 where the names do not say. */
    private int layers() {
        int highest = -1;
        for (String name : weights().keySet()) {
            Matcher matcher = LAYER.matcher(name);
            if (matcher.find()) {
                highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
            }
        }
        return highest + 1;
    }

    @Override
    public void close() {
        file.close();
    }
}
