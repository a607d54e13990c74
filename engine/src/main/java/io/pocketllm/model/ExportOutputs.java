package io.pocketllm.model;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pocketllm.onnx.OnnxFile;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an export gives.
 *
 * @param hiddenStates value of shape (batch, tokens, hidden): an output, or what the vocabulary's
 *     projection reads
 * @param hiddenSize numbers in a token's hidden state
 * @param logits value of shape (batch, tokens, vocabulary); null where there is none
 * @param projection what the logits are made by; null where there are none
 * @param vocabularySize rows of the table that input_ids select from; 0 where none is found. Ids
 *     beyond it must not be fed
 * @param half true where both are fp16 inside the graph
 */
public record ExportOutputs(
        String hiddenStates,
        int hiddenSize,
        String logits,
        VocabularyProjection projection,
        int vocabularySize,
        boolean half) {

    /**
     * The vocabulary's projection: {@code logits = input · weight + bias}.
     *
     * @param input value of shape (batch, tokens, inSize): hidden states, in a masked language
     *     model after its head's transform
     * @param inSize numbers it reads a token
     * @param weight name of its weight; of a model that ties them, the token table
     * @param outputsFirst whether that weight has shape (vocabulary, inSize) rather than (inSize,
     *     vocabulary)
     * @param bias name of its bias, shape (vocabulary), or null
     */
    public record VocabularyProjection(
            String input, int inSize, String weight, boolean outputsFirst, String bias) {}

    private static final Set<String> PASSES_ON = Set.of("Identity", "Cast", "Add");
    private static final Set<String> SAME_IDS =
            Set.of("Identity", "Cast", "Reshape", "Unsqueeze", "Squeeze", "Flatten");

    static ExportOutputs of(String file, OnnxFile onnx) throws ModelException {
        return new Search(file, onnx).find();
    }

    private static final class Search {

        private final String file;
        private final List<ValueInfoProto> outputs;
        private final OnnxGraph graph;
        private final Map<String, Tensor> weights;
        private final Map<String, NodeProto> producers = new HashMap<>();
        private final int vocabulary;

        Search(String file, OnnxFile onnx) {
            this.file = file;
            this.outputs = onnx.model().getGraph().getOutputList();
            this.graph = onnx.graph();
            this.weights = onnx.weights();
            for (NodeProto node : graph.nodes()) {
                node.getOutputList().forEach(output -> producers.put(output, node));
            }
            this.vocabulary = vocabulary();
        }

        ExportOutputs find() throws ModelException {
            String logits = null;
            VocabularyProjection projected = null;
            String hidden = null;
            int hiddenSize = 0;
            for (ValueInfoProto output : outputs) {
                VocabularyProjection here = projection(output);
                int size = here != null ? 0 : tokenStateSize(output);
                if (here != null && logits == null) {
                    logits = output.getName();
                    projected = here;
                } else if (size > 0
                        && (hidden == null || output.getName().equals("last_hidden_state"))) {
                    hidden = output.getName();
                    hiddenSize = size;
                }
            }
            if (hidden == null && projected != null) {
                hidden = projected.input();
                hiddenSize = projected.inSize();
            }
            if (hidden == null) {
                throw new ModelException(
                        file
                                + ": gives no hidden states of shape (batch, tokens, hidden) and no"
                                + " logits of shape (batch, tokens, vocabulary); its outputs are "
                                + outputs.stream().map(ValueInfoProto::getName).toList(),
                        "Export the encoder for feature extraction, so that last_hidden_state is an output.");
            }
            boolean half = graph.floatType(hidden) != DType.F32;
            return new ExportOutputs(hidden, hiddenSize, logits, projected, vocabulary, half);
        }

        /** Rows of the table that the tokens' ids select from. */
        private int vocabulary() {
            for (NodeProto node : graph.nodes()) {
                Tensor table =
                        node.getOpType().equals("Gather") ? weights.get(node.getInput(0)) : null;
                if (table != null && isIds(node.getInput(1))) {
                    return Math.toIntExact(table.shape()[0]);
                }
            }
            return 0;
        }

        private boolean isIds(String value) {
            String at = value;
            while (!at.equals("input_ids")) {
                NodeProto producer = producers.get(at);
                if (producer == null || !SAME_IDS.contains(producer.getOpType())) {
                    return false;
                }
                at = producer.getInput(0);
            }
            return true;
        }

        /** The product behind an output, where it is as wide as the vocabulary; else null. */
        private VocabularyProjection projection(ValueInfoProto output) {
            String at = output.getName();
            String bias = null;
            while (true) {
                NodeProto node = producers.get(at);
                if (node == null) {
                    return null;
                }
                if (Set.of("MatMul", "Gemm", "FusedMatMul").contains(node.getOpType())) {
                    return product(node, bias, output.getName().equals("logits"));
                }
                bias =
                        node.getInputList().stream()
                                .filter(weights::containsKey)
                                .findFirst()
                                .orElse(bias);
                if (!PASSES_ON.contains(node.getOpType())) {
                    return null;
                }
                for (String input : node.getInputList()) {
                    bias = weights.containsKey(input) ? input : bias;
                }
                // A bias stands on either side of an addition.
                at =
                        node.getInputList().stream()
                                .filter(input -> !weights.containsKey(input))
                                .findFirst()
                                .orElse("");
            }
        }

        private VocabularyProjection product(NodeProto node, String added, boolean calledLogits) {
            boolean own = node.getInputCount() > 2 && weights.containsKey(node.getInput(2));
            String bias = own ? node.getInput(2) : added;
            Tensor weight = weights.get(node.getInput(1));
            boolean transposed = flag(node, "transB");
            if (weight == null) {
                NodeProto between = producers.get(node.getInput(1));
                if (between == null || !between.getOpType().equals("Transpose")) {
                    return null;
                }
                weight = weights.get(between.getInput(0));
                transposed = !transposed;
            }
            if (weight == null || weight.shape().length != 2) {
                return null;
            }
            int in = Math.toIntExact(weight.shape()[transposed ? 1 : 0]);
            int out = Math.toIntExact(weight.shape()[transposed ? 0 : 1]);
            boolean isVocabulary = vocabulary > 0 && out == vocabulary && in != out;
            boolean padded = calledLogits && out > in;
            return isVocabulary || padded
                    ? new VocabularyProjection(
                            node.getInput(0), in, weight.name(), transposed, bias)
                    : null;
        }

        private static boolean flag(NodeProto node, String name) {
            return node.getAttributeList().stream()
                    .anyMatch(
                            attribute -> attribute.getName().equals(name) && attribute.getI() != 0);
        }

        /** Numbers a token in an output of shape (batch, tokens, size); 0 where it is not one. */
        private int tokenStateSize(ValueInfoProto output) {
            TensorShapeProto shape = output.getType().getTensorType().getShape();
            if (output.getType().getTensorType().hasShape() && shape.getDimCount() != 3) {
                return 0;
            }
            // Scores of words that a cap or scale hides, or of a token's labels: no states.
            if (output.getName().equals("logits")) {
                return 0;
            }
            if (shape.getDimCount() == 3 && shape.getDim(2).getDimValue() > 0) {
                return Math.toIntExact(Math.min(shape.getDim(2).getDimValue(), Integer.MAX_VALUE));
            }
            return normalisedSize(output.getName());
        }

        /** Width of the normalisation's weight or bias that made a value; 0 where none did. */
        private int normalisedSize(String value) {
            NodeProto node = producers.get(value);
            if (node == null) {
                return 0;
            }
            for (String input : node.getInputList()) {
                Tensor weight = weights.get(input);
                if (weight != null && weight.shape().length == 1) {
                    return Math.toIntExact(weight.shape()[0]);
                }
            }
            return 0;
        }
    }
}
