package io.pocketllm.model;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A linear layer of an attention block inside a graph: {@code output = input · weight} with the
 * weight of shape (in, out).
 *
 * @param name published module name, such as {@code encoder.layer.0.attention.self.query}
 * @param input the value it reads, shape (batch, tokens, in)
 * @param output the value it gives before its bias, shape (batch, tokens, out)
 * @param weight name of the weight
 * @param inSize numbers it reads a token
 * @param outSize numbers it gives a token
 */
public record Projection(
        String name, String input, String output, String weight, int inSize, int outSize) {

    /** The ways published models name query and value projections. */
    private static final List<String> QUERY_AND_VALUE =
            List.of("query", "value", "q_proj", "v_proj", "q_lin", "v_lin");

    /**
     * The query and value projections of a graph, in graph order. Exporters keep the module's path
     * as the node's name.
     *
     * @param weights the model's weights
     * @return empty where the nodes' names do not say
     */
    public static List<Projection> queriesAndValues(OnnxGraph graph, Map<String, Tensor> weights) {
        List<Projection> found = new ArrayList<>();
        for (NodeProto node : graph.nodes()) {
            if (!node.getOpType().equals("MatMul") || node.getInputCount() != 2) {
                continue;
            }
            Tensor weight = weights.get(node.getInput(1));
            String module = moduleName(node.getName());
            String last = module.substring(module.lastIndexOf('.') + 1);
            if (weight != null && weight.shape().length == 2 && QUERY_AND_VALUE.contains(last)) {
                found.add(
                        new Projection(
                                module,
                                node.getInput(0),
                                node.getOutput(0),
                                weight.name(),
                                (int) weight.shape()[0],
                                (int) weight.shape()[1]));
            }
        }
        return found;
    }

    /**
     * {@code /encoder/layer.0/attention/self/query/MatMul} names the module {@code
     * encoder.layer.0.attention.self.query}.
     */
    private static String moduleName(String node) {
        int end = node.lastIndexOf('/');
        return end <= 0 ? "" : node.substring(1, end).replace('/', '.');
    }
}
