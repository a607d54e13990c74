package io.pocketllm.model;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A linear layer inside a graph: {@code output = input · weight}, plus its bias where the layer has
 * one and adds it in the same node.
 *
 * @param name published module name, such as {@code encoder.layer.0.attention.self.query}
 * @param input the value it reads: rows of {@code inSize} numbers, one row a token
 * @param output the value it gives: rows of {@code outSize} numbers
 * @param weight name of the weight
 * @param inSize numbers it reads a token
 * @param outSize numbers it gives a token
 * @param outputsFirst whether the weight has shape (out, in) rather than (in, out)
 * @param kind its place in a layer
 */
public record Projection(
        String name,
        String input,
        String output,
        String weight,
        int inSize,
        int outSize,
        boolean outputsFirst,
        Kind kind) {

    /** A linear layer's place. */
    public enum Kind {
        QUERY,
        KEY,
        VALUE,
        /** GPT-2's three in one. */
        QUERY_KEY_VALUE,
        /** Behind the attention's heads. */
        OUTPUT,
        FEED_FORWARD,
        /** None of these, such as OPT's project_in. */
        OTHER;

        private static Kind of(String lastPart) {
            return switch (lastPart) {
                case "query", "q_proj", "q_lin" -> QUERY;
                case "key", "k_proj", "k_lin" -> KEY;
                case "value", "v_proj", "v_lin" -> VALUE;
                case "c_attn" -> QUERY_KEY_VALUE;
                case "o_proj", "out_proj", "out_lin" -> OUTPUT;
                default -> OTHER;
            };
        }

        /** True for the layers that LoRA (arXiv 2106.09685) adapts by custom. */
        public boolean isQueryOrValue() {
            return this == QUERY || this == VALUE || this == QUERY_KEY_VALUE;
        }
    }

    /** GPT-2's layers are exported as Gemm, the others' as MatMul. */
    private static final Set<String> PRODUCTS = Set.of("MatMul", "Gemm");

    /** The layers among {@code all} that LoRA adapts by custom, in their order. */
    public static List<Projection> queriesAndValues(List<Projection> all) {
        return all.stream().filter(p -> p.kind().isQueryOrValue()).toList();
    }

    /**
     * The query and value projections of an exported graph, in graph order.
     *
     * @param weights the model's weights
     * @return empty where the nodes' names do not say
     */
    public static List<Projection> queriesAndValues(OnnxGraph graph, Map<String, Tensor> weights) {
        return queriesAndValues(all(graph, weights));
    }

    /**
     * The linear layers of an exported graph, in graph order. Exporters keep the module's path as
     * the node's name.
     *
     * @param weights the model's weights
     * @return empty where the nodes' names do not say
     */
    public static List<Projection> all(OnnxGraph graph, Map<String, Tensor> weights) {
        List<Projection> found = new ArrayList<>();
        for (NodeProto node : graph.nodes()) {
            if (!PRODUCTS.contains(node.getOpType()) || node.getInputCount() < 2) {
                continue;
            }
            boolean outputsFirst =
                    node.getAttributeList().stream()
                            .anyMatch(a -> a.getName().equals("transB") && a.getI() != 0);
            Tensor weight = weights.get(node.getInput(1));
            String module = moduleName(node.getName());
            String last = module.substring(module.lastIndexOf('.') + 1);
            if (weight != null && weight.shape().length == 2 && !last.isEmpty()) {
                found.add(
                        new Projection(
                                module,
                                node.getInput(0),
                                node.getOutput(0),
                                weight.name(),
                                (int) weight.shape()[outputsFirst ? 1 : 0],
                                (int) weight.shape()[outputsFirst ? 0 : 1],
                                outputsFirst,
                                Kind.of(last)));
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
