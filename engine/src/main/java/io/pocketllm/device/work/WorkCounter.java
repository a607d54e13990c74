package io.pocketllm.device.work;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pocketllm.device.OperationWork;
import io.pocketllm.device.StepWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts what one forward pass of a graph does: FLOP and bytes of every node, from the shapes of
 * the weights and a batch's size and length.
 *
 * <p>Give it the graph as ONNX Runtime will run it (forward.OptimizedGraph): in a graph that is not
 * fused yet, a layer normalisation is nine passes over memory instead of one. Nodes come in an
 * order in which each stands after what it reads. Subgraphs (If, Loop) are not followed.
 */
public final class WorkCounter {

    private final GraphProto graph;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Integer> weightTypes = new HashMap<>();
    private final Set<String> fedWeights = new TreeSet<>();
    private final Set<String> unknown = new TreeSet<>();

    /**
     * What was counted.
     *
     * @param work of one forward pass
     * @param unknownOperators operators without a rule: taken to keep the shape of their first
     *     input and to do one operation an element
     */
    public record Count(StepWork work, Set<String> unknownOperators) {}

    private WorkCounter(GraphProto graph, long batch, long length, long answers) {
        this.graph = graph;
        for (ValueInfoProto input : graph.getInputList()) {
            boolean one = input.getType().getTensorType().getShape().getDimCount() == 1;
            values.put(input.getName(), input(input, one ? answers : batch, length));
        }
        for (TensorProto tensor : graph.getInitializerList()) {
            values.put(tensor.getName(), Tensors.value(tensor));
            weightTypes.put(tensor.getName(), tensor.getDataType());
            fedWeights.remove(tensor.getName());
        }
    }

    /**
     * Counts a forward pass.
     *
     * @param model weights as inputs with a fixed shape, or as constants
     * @param batch texts at a time; the first open dimension of an input
     * @param length tokens of each; every other open dimension
     * @throws IllegalArgumentException where a shape cannot be worked out; the message names the
     *     node
     */
    public static Count count(ModelProto model, long batch, long length) {
        return count(model, batch, length, batch);
    }

    /**
     * The same with predicted tokens.
     *
     * @param answers predicted tokens of all rows: the open dimension of an input that has only one
     */
    public static Count count(ModelProto model, long batch, long length, long answers) {
        if (batch < 1 || length < 1) {
            throw new IllegalArgumentException(
                    "batch " + batch + ", length " + length + "; allowed: 1 or more of both");
        }
        return new WorkCounter(model.getGraph(), batch, length, answers).count();
    }

    private Count count() {
        List<OperationWork> operations = new ArrayList<>();
        for (NodeProto proto : graph.getNodeList()) {
            Node node = new Node(proto, values);
            if (!ShapeRules.knows(proto.getOpType())) {
                unknown.add(proto.getOpType());
            }
            List<Value> outputs;
            try {
                outputs = ShapeRules.outputs(node);
                operations.addAll(new NodeCost(node, outputs, weightTypes, fedWeights).work());
            } catch (ArithmeticException | IndexOutOfBoundsException | NullPointerException e) {
                throw node.refuse("its shapes make no sense (" + e.getMessage() + ")");
            }
            widened(proto);
            for (int i = 0; i < Math.min(outputs.size(), proto.getOutputCount()); i++) {
                values.put(proto.getOutput(i), outputs.get(i));
            }
        }
        return new Count(new StepWork(operations, graph.getNodeCount()), Set.copyOf(unknown));
    }

    /**
     * A half-precision weight that is widened right before its use is still a weight: in fp32, and
     * new to the kernel at each call.
     */
    private void widened(NodeProto node) {
        boolean keeps = node.getOpType().equals("Cast") || node.getOpType().equals("Transpose");
        if (keeps && weightTypes.containsKey(node.getInput(0))) {
            String output = node.getOutput(0);
            weightTypes.put(output, DataType.FLOAT.getNumber());
            fedWeights.add(output);
        }
    }

    /**
     * Fixed dimensions stand; an input all of whose dimensions are fixed is a weight that is fed.
     */
    private Value input(ValueInfoProto input, long batch, long length) {
        TensorShapeProto declared = input.getType().getTensorType().getShape();
        long[] shape = new long[declared.getDimCount()];
        boolean open = false;
        for (int i = 0; i < shape.length; i++) {
            boolean fixed = declared.getDim(i).getDimValue() > 0;
            open |= !fixed;
            shape[i] = fixed ? declared.getDim(i).getDimValue() : i == 0 ? batch : length;
        }
        if (!open) {
            fedWeights.add(input.getName());
            weightTypes.put(input.getName(), input.getType().getTensorType().getElemType());
        }
        return Value.of(shape);
    }
}
