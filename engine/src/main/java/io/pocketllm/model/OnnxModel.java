package io.pocketllm.model;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.onnx.OnnxException;
import io.pocketllm.onnx.OnnxFile;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
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
        OnnxFile file;
        try {
            file = OnnxFile.open(path);
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
        return new ForwardGraph(
                graph, hiddenStates, List.of(), projections, List.of(), List.of(), null);
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
