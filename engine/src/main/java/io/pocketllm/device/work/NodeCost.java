package io.pocketllm.device.work;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.OperationWork;
import io.pocketllm.device.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * FLOP and bytes of one node. A tensor counts once for each time it is read or written; what an
 * element costs is a round number of the usual polynomial's operations.
 */
final class NodeCost {

    private static final int FLOAT_BYTES = 4;
    private static final double GELU_FLOPS = 20;
    private static final double EXPONENTIAL_FLOPS = 16;
    private static final double SOFTMAX_FLOPS = 20;
    private static final double NORM_FLOPS = 8;
    private static final double DIVIDE_FLOPS = 4;
    private static final double QUANTIZE_FLOPS = 4;

    private final Node node;
    private final Value output;
    private final Map<String, Integer> weightTypes;
    private final Set<String> fedWeights;

    NodeCost(
            Node node,
            List<Value> outputs,
            Map<String, Integer> weightTypes,
            Set<String> fedWeights) {
        this.node = node;
        this.output = outputs.getFirst();
        this.weightTypes = weightTypes;
        this.fedWeights = fedWeights;
    }

    List<OperationWork> work() {
        // Integers that decide shapes: a call, and nothing to speak of.
        if (output.numbers() != null) {
            return List.of();
        }
        return switch (node.operator()) {
            case "MatMul", "FusedMatMul", "TransposeMatMul", "Gemm", "FusedGemm" -> product();
            case "DynamicQuantizeMatMul", "MatMulInteger", "MatMulIntegerToFloat" -> int8();
            case "MatMulNBits" -> nBits();
            case "Attention" -> packedAttention();
            case "MultiHeadAttention", "GroupQueryAttention" -> fusedAttention();
            case "Constant",
                    "Shape",
                    "Reshape",
                    "Squeeze",
                    "Unsqueeze",
                    "Flatten",
                    "Identity",
                    "Dropout" ->
                    List.of();
            case "Gather", "GatherElements" ->
                    List.of(of(OperationKind.GATHER, 0, 2.0 * FLOAT_BYTES * output.elements()));
            case "GatherBlockQuantized" ->
                    List.of(
                            of(
                                    OperationKind.GATHER,
                                    QUANTIZE_FLOPS * output.elements(),
                                    (FLOAT_BYTES + node.integer("bits", 4) / 8.0)
                                            * output.elements()));
            case "EmbedLayerNormalization" ->
                    List.of(
                            of(OperationKind.GATHER, 0, 4.0 * FLOAT_BYTES * output.elements()),
                            norm(2));
            case "LayerNormalization",
                    "SimplifiedLayerNormalization",
                    "RMSNormalization",
                    "ReduceMean",
                    "ReduceSum",
                    "ReduceMax",
                    "ReduceL2" ->
                    List.of(norm(1));
            case "SkipLayerNormalization", "SkipSimplifiedLayerNormalization" -> List.of(norm(2));
            case "Softmax", "LogSoftmax" -> List.of(softmax(output.elements()));
            case "Gelu", "BiasGelu", "FastGelu", "QuickGelu" -> List.of(elementwise(GELU_FLOPS));
            case "Erf", "Tanh", "Sigmoid", "Exp", "Log", "Cos", "Sin" ->
                    List.of(elementwise(EXPONENTIAL_FLOPS));
            case "Div", "Sqrt", "Pow", "Reciprocal" -> List.of(elementwise(DIVIDE_FLOPS));
            case "DynamicQuantizeLinear", "QuantizeLinear", "DequantizeLinear" ->
                    List.of(elementwise(QUANTIZE_FLOPS));
            case "Transpose", "Concat", "Slice", "Split", "Expand", "Cast", "Range" ->
                    List.of(elementwise(0));
            default -> List.of(elementwise(1));
        };
    }

    private List<OperationWork> product() {
        double rows = MatrixShapes.rows(node);
        double inner = MatrixShapes.inner(node);
        double columns = MatrixShapes.columns(node);
        String right = node.proto().getInput(1);
        boolean weight = weightTypes.containsKey(right);
        boolean half =
                weight
                        && (weightTypes.get(right) == DataType.FLOAT16.getNumber()
                                || weightTypes.get(right) == DataType.BFLOAT16.getNumber());
        int bytes = half ? 2 : FLOAT_BYTES;
        double rightElements = node.input(1).elements();
        List<OperationWork> work = new ArrayList<>();
        work.add(
                new OperationWork(
                        weight ? OperationKind.MATMUL : OperationKind.ATTENTION,
                        half ? Precision.FP16 : Precision.FP32,
                        2 * rows * inner * columns,
                        bytes * (rows * inner + rightElements + rows * columns)));
        if (fedWeights.contains(right)) {
            // Read in its own order and written in the kernel's, at each call.
            work.add(of(OperationKind.PACKING, 0, 2 * bytes * rightElements));
        }
        return work;
    }

    /** What it costs to round the rows to integers is in the speed of such products. */
    private List<OperationWork> int8() {
        double rows = MatrixShapes.rows(node);
        double inner = MatrixShapes.inner(node);
        double columns = MatrixShapes.columns(node);
        return List.of(
                new OperationWork(
                        OperationKind.MATMUL,
                        Precision.INT8,
                        2 * rows * inner * columns,
                        FLOAT_BYTES * rows * (inner + columns) + inner * columns));
    }

    private List<OperationWork> nBits() {
        double rows = MatrixShapes.rows(node);
        double inner = node.integer("K", MatrixShapes.inner(node));
        double columns = MatrixShapes.columns(node);
        long bits = node.integer("bits", 4);
        double scales = FLOAT_BYTES * inner * columns / node.integer("block_size", 32);
        return List.of(
                new OperationWork(
                        OperationKind.MATMUL,
                        bits <= 4 ? Precision.INT4 : Precision.INT8_BLOCK,
                        2 * rows * inner * columns,
                        FLOAT_BYTES * rows * (inner + columns)
                                + inner * columns * bits / 8
                                + scales));
    }

    /** The operator with its own packed projection (com.microsoft Attention). */
    private List<OperationWork> packedAttention() {
        Value input = node.input(0);
        double rows = input.elements() / (double) input.size(-1);
        double weights = node.input(1).elements();
        List<OperationWork> work = new ArrayList<>();
        work.add(
                of(
                        OperationKind.MATMUL,
                        2 * rows * weights,
                        FLOAT_BYTES * (input.elements() + weights + 3.0 * output.elements())));
        work.addAll(scores(input.size(1)));
        return work;
    }

    private List<OperationWork> fusedAttention() {
        boolean grouped = node.operator().equals("GroupQueryAttention");
        Value key = node.has(1) ? node.input(1) : node.input(0);
        // A key of rank 4 is (batch, heads, length, size), as is one that comes from a cache.
        long keys = key.rank() == 4 ? key.size(2) : key.size(1);
        if (grouped && node.has(3)) {
            keys = Math.max(keys, node.input(3).size(2));
        }
        return scores(keys);
    }

    /** Scores, softmax, and the weighted sum of the values. */
    private List<OperationWork> scores(long keys) {
        double elements = output.elements();
        double heads = node.integer("num_heads", 1);
        double queries = output.elements() / (double) output.size(-1);
        return List.of(
                of(
                        OperationKind.ATTENTION,
                        4 * elements * keys,
                        FLOAT_BYTES * (4 * elements + 2 * heads * queries * keys)),
                softmax(heads * queries * keys));
    }

    private OperationWork softmax(double elements) {
        return of(OperationKind.SOFTMAX, SOFTMAX_FLOPS * elements, 2 * FLOAT_BYTES * elements);
    }

    private OperationWork norm(int inputs) {
        double elements = node.input(0).elements();
        if (node.operator().equals("EmbedLayerNormalization")) {
            elements = output.elements();
        }
        return of(
                OperationKind.NORMALIZATION,
                NORM_FLOPS * elements,
                (inputs + 1.0) * FLOAT_BYTES * elements);
    }

    private OperationWork elementwise(double flopsPerElement) {
        double read = 0;
        for (int i = 0; i < node.proto().getInputCount(); i++) {
            // Masks and biases that are broadcast are small; each input counts as it is.
            read += node.has(i) ? node.input(i).elements() : 0;
        }
        double written = output.elements();
        return of(
                OperationKind.ELEMENTWISE,
                flopsPerElement * written,
                FLOAT_BYTES * (Math.min(read, 3 * written) + written));
    }

    private static OperationWork of(OperationKind kind, double flops, double bytes) {
        return OperationWork.fp32(kind, flops, bytes);
    }
}
