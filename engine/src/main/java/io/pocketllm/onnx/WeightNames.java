package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names for people. Exporters fold a linear layer's transpose into its weight and call the result
 * {@code onnx::MatMul_885}; the node that reads it still carries the module's path, {@code
 * /encoder/layer.0/attention/self/query/MatMul}, which gives {@code
 * encoder.layer.0.attention.self.query.weight}.
 *
 * <p>These are for showing, not for writing checkpoints: the weight of that name is (in, out) here
 * and (out, in) in its publisher's files, and a square one would be read back wrongly.
 */
final class WeightNames {

    private static final Pattern ANONYMOUS =
            Pattern.compile(".*::.*|\\d+|(val|t)_\\d+|(_to_copy|const_fold_opt|ortshared)_.*|/.*");

    private WeightNames() {}

    /** A name for each weight: its own where that says something. */
    static Map<String, String> of(List<NodeProto> nodes, Set<String> weights) {
        Map<String, String> module = new HashMap<>();
        for (NodeProto node : nodes) {
            for (int i = 0; i < node.getInputCount(); i++) {
                String input = node.getInput(i);
                if (weights.contains(input) && ANONYMOUS.matcher(input).matches()) {
                    String path = module(node.getName());
                    if (!path.isEmpty()) {
                        module.putIfAbsent(input, path + role(node.getOpType(), i));
                    }
                }
            }
        }
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>(weights);
        for (String weight : weights) {
            String name = module.get(weight);
            names.put(weight, name != null && taken.add(name) ? name : weight);
        }
        return names;
    }

    /** {@code /encoder/layer.0/output/dense/MatMul} is a node of encoder.layer.0.output.dense. */
    private static String module(String node) {
        int end = node.lastIndexOf('/');
        return end <= 0 ? "" : node.substring(node.startsWith("/") ? 1 : 0, end).replace('/', '.');
    }

    private static String role(String operator, int input) {
        boolean bias =
                operator.equals("Add")
                        || operator.contains("Gelu")
                        || input == 2 && !operator.startsWith("Skip");
        return bias ? ".bias" : ".weight";
    }
}
