package io.pocketllm.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.pocketllm.onnx.OnnxException;
import io.pocketllm.onnx.OnnxFile;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.onnx.WeightObstacles;
import io.pocketllm.tensor.DType;
import java.nio.file.Path;
import java.util.List;

/**
 * A text model as Optimum or torch.onnx export it, checked and understood: what it asks for, where
 * its hidden states are, and its logits where it has them.
 *
 * <p>Owns the mapped file.
 *
 * @param file the mapped file
 * @param outputs where the graph can be tapped
 */
public record OnnxExport(OnnxFile file, ExportOutputs outputs) implements AutoCloseable {

    /** Name of the hidden states where the graph holds them as halves: an fp32 copy. */
    private static final String WIDE_HIDDEN_STATES = "pocketllm/hidden_states";

    /** The same for logits. */
    private static final String WIDE_LOGITS = "pocketllm/lm_logits";

    /**
     * Opens an export.
     *
     * @throws ModelException where the file cannot be read, or is no text model whose weights can
     *     be moved: quantised, sequence-to-sequence, with cache, of a fixed size, ...
     */
    public static OnnxExport open(Path path) throws ModelException {
        OnnxFile file;
        try {
            file = OnnxFile.open(path);
        } catch (OnnxException e) {
            throw new ModelException(e.getMessage(), e.hint());
        }
        try {
            GraphProto graph = file.model().getGraph();
            ExportInputs.require(path.toString(), graph);
            var obstacle = WeightObstacles.find(path.toString(), file.model());
            if (obstacle.isPresent()) {
                throw new ModelException(obstacle.get().getMessage(), obstacle.get().hint());
            }
            if (file.weights().isEmpty()) {
                throw new ModelException(
                        path + ": holds no float weights that a text passes through",
                        "Use the model's fp32 or fp16 file, exported with Optimum.");
            }
            if (file.weights().values().stream().anyMatch(w -> w.dtype() == DType.BF16)) {
                throw new ModelException(
                        path + ": is in bf16, which ONNX Runtime does not compute on processors",
                        "Export it in fp32 or fp16, or name the Hugging Face folder.");
            }
            return new OnnxExport(file, ExportOutputs.of(path.toString(), file));
        } catch (ModelException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * A new graph: weights are inputs, data inputs are int64, hidden states and logits can be read
     * as fp32 by the names {@link #hiddenStates} and {@link #logits}.
     */
    public OnnxGraph graph() {
        OnnxGraph graph = file.graph();
        for (String input : List.copyOf(graph.dataInputs())) {
            graph.feedAsLongs(input);
        }
        if (outputs.half()) {
            graph.cast(WIDE_HIDDEN_STATES, outputs.hiddenStates(), DType.F32);
            if (outputs.logits() != null) {
                graph.cast(WIDE_LOGITS, outputs.logits(), DType.F32);
            }
        }
        return graph;
    }

    /** The value of shape (batch, tokens, hidden), fp32. */
    public String hiddenStates() {
        return outputs.half() ? WIDE_HIDDEN_STATES : outputs.hiddenStates();
    }

    /** The value of shape (batch, tokens, vocabulary), fp32; null where the model gives none. */
    public String logits() {
        return outputs.half() && outputs.logits() != null ? WIDE_LOGITS : outputs.logits();
    }

    @Override
    public void close() {
        file.close();
    }
}
