package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pocketllm.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which float initializers are weights, told by what the graph does with them.
 *
 * <p>A weight meets an <em>activation</em>: a value that comes from an embedding table or from a
 * float input of the graph. It may pass a Transpose, Cast, Slice or the like on its way. Tables
 * that a Gather reads are weights too. What only meets positions, shapes or masks (rotary
 * frequencies, folded constants) is none, and these are left out besides:
 *
 * <ul>
 *   <li>scalars and one-element tensors beside an arithmetic operator: epsilons, √d, mask values;
 *   <li>tensors of four dimensions beside an arithmetic operator: attention masks and biases;
 *   <li>tables of sines and cosines ({@link FixedTable}), and masks of two values.
 * </ul>
 *
 * Decomposed normalisation needs no rule of its own: its weight is a vector that multiplies an
 * activation, its bias one that is added.
 */
final class WeightSelection {

    /** Inputs that hold weights, by operator; of ONNX itself and of ONNX Runtime's fusions. */
    private static final Map<String, int[]> WEIGHT_INPUTS =
            Map.ofEntries(
                    Map.entry("MatMul", new int[] {0, 1}),
                    Map.entry("FusedMatMul", new int[] {0, 1}),
                    Map.entry("Gemm", new int[] {0, 1, 2}),
                    Map.entry("FusedGemm", new int[] {0, 1, 2}),
                    Map.entry("Einsum", new int[] {0, 1}),
                    Map.entry("Conv", new int[] {1, 2}),
                    Map.entry("ConvTranspose", new int[] {1, 2}),
                    Map.entry("LayerNormalization", new int[] {1, 2}),
                    Map.entry("SimplifiedLayerNormalization", new int[] {1}),
                    Map.entry("RMSNormalization", new int[] {1}),
                    Map.entry("SkipLayerNormalization", new int[] {2, 3, 4}),
                    Map.entry("SkipSimplifiedLayerNormalization", new int[] {2, 3}),
                    Map.entry("GroupNormalization", new int[] {1, 2}),
                    Map.entry("InstanceNormalization", new int[] {1, 2}),
                    Map.entry("BatchNormalization", new int[] {1, 2}),
                    Map.entry("Attention", new int[] {1, 2}),
                    Map.entry("MultiHeadAttention", new int[] {3}),
                    Map.entry("BiasGelu", new int[] {1}),
                    Map.entry("FastGelu", new int[] {1}),
                    Map.entry("PRelu", new int[] {1}),
                    Map.entry("LSTM", new int[] {1, 2, 3}),
                    Map.entry("GRU", new int[] {1, 2, 3}),
                    Map.entry("RNN", new int[] {1, 2, 3}));

    private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div");
    private static final Set<String> MATRIX_PRODUCTS = Set.of("MatMul", "FusedMatMul", "Einsum");

    /** What gives the same numbers in another form. */
    private static final Set<String> RESHAPING =
            Set.of(
                    "Identity",
                    "Transpose",
                    "Cast",
                    "Slice",
                    "Unsqueeze",
                    "Squeeze",
                    "Reshape",
                    "Flatten",
                    "Expand");

    private static final Set<String> GIVES_NO_ACTIVATION = Set.of("Shape", "Size", "NonZero");

    private final Function<String, Tensor> numbers;
    private final Map<String, TensorProto> floats = new HashMap<>();

    /** Value to the initializer whose numbers it has. */
    private final Map<String, String> origin = new HashMap<>();

    private final Set<String> activations = new HashSet<>();
    private final Set<String> weights = new LinkedHashSet<>();

    private WeightSelection(GraphProto graph, Function<String, Tensor> numbers) {
        this.numbers = numbers;
        Set<String> initializers = new HashSet<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            initializers.add(tensor.getName());
            if (ElementTypes.isWeight(tensor.getDataType())) {
                floats.put(tensor.getName(), tensor);
                origin.put(tensor.getName(), tensor.getName());
            }
        }
        for (ValueInfoProto input : graph.getInputList()) {
            if (!initializers.contains(input.getName())
                    && ElementTypes.isWeight(input.getType().getTensorType().getElemType())) {
                activations.add(input.getName());
            }
        }
    }

    /**
     * Names of the weights in the initializers' order.
     *
     * @param ordered the graph's nodes, each after what it reads
     * @param numbers a float initializer's numbers, or null where they are not at hand
     */
    static Set<String> of(
            GraphProto graph, List<NodeProto> ordered, Function<String, Tensor> numbers) {
        WeightSelection selection = new WeightSelection(graph, numbers);
        ordered.forEach(selection::read);
        Set<String> inOrder = new LinkedHashSet<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (selection.weights.contains(tensor.getName())) {
                inOrder.add(tensor.getName());
            }
        }
        return inOrder;
    }

    private void read(NodeProto node) {
        String operator = node.getOpType();
        String first = node.getInputCount() == 0 ? "" : node.getInput(0);
        if (RESHAPING.contains(operator) && origin.containsKey(first)) {
            origin.put(node.getOutput(0), origin.get(first));
            return;
        }
        boolean active = node.getInputList().stream().anyMatch(activations::contains);
        if (operator.equals("Gather") && isTable(first)) {
            weights.add(origin.get(first));
            active = true;
        } else if (operator.equals("EmbedLayerNormalization")) {
            node.getInputList().stream()
                    .skip(2)
                    .map(origin::get)
                    .filter(name -> name != null)
                    .forEach(weights::add);
            active = true;
        } else if (operator.equals("OneHot")) {
            // Times a table, it is an embedding written as a product.
            active = true;
        } else if (active) {
            readOperands(node);
        }
        if (active && !GIVES_NO_ACTIVATION.contains(operator)) {
            activations.addAll(node.getOutputList());
        }
    }

    private void readOperands(NodeProto node) {
        if (ARITHMETIC.contains(node.getOpType())) {
            for (String input : node.getInputList()) {
                if (origin.containsKey(input) && isVector(origin.get(input))) {
                    weights.add(origin.get(input));
                }
            }
            return;
        }
        for (int i : WEIGHT_INPUTS.getOrDefault(node.getOpType(), new int[0])) {
            String name = i < node.getInputCount() ? origin.get(node.getInput(i)) : null;
            if (name != null
                    && (!MATRIX_PRODUCTS.contains(node.getOpType())
                            || isMatrix(floats.get(name)))) {
                weights.add(name);
            }
        }
    }

    private boolean isTable(String value) {
        TensorProto tensor = floats.get(origin.getOrDefault(value, ""));
        return tensor != null
                && tensor.getDimsCount() == 2
                && isMatrix(tensor)
                && !isFixed(tensor.getName());
    }

    private static boolean isMatrix(TensorProto tensor) {
        int rank = tensor.getDimsCount();
        return rank == 2 && elements(tensor) > 1
                || rank > 2 && tensor.getDims(rank - 1) > 1 && tensor.getDims(rank - 2) > 1;
    }

    /** A bias, a scale, or a table of positions (1, tokens, hidden). */
    private boolean isVector(String name) {
        TensorProto tensor = floats.get(name);
        int rank = tensor.getDimsCount();
        long wide = tensor.getDimsList().stream().filter(size -> size > 1).count();
        return rank >= 1 && rank <= 3 && wide >= 1 && (wide == 1 || !isFixed(name));
    }

    private boolean isFixed(String name) {
        Tensor tensor = numbers.apply(name);
        return tensor != null && FixedTable.is(tensor);
    }

    /** 0 where a size is negative or the product too large: damage that is reported elsewhere. */
    private static long elements(TensorProto tensor) {
        try {
            return Tensor.elements(ElementTypes.shape(tensor));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return 0;
        }
    }
}
