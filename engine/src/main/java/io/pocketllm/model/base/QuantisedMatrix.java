package io.pocketllm.model.base;

import static io.pocketllm.onnx.OnnxGraph.RUNTIME;
import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/** A quantised matrix as a graph reads it: constants in a file, and the operators over them. */
public final class QuantisedMatrix {

    /** Inputs of a layer are rounded to eight bits as well, so that sums are whole numbers. */
    private static final long WHOLE_NUMBERS = 4;

    /** Inputs stay fp32. */
    private static final long FP32 = 1;

    private final Matrix matrix;
    private final int blockSize;
    private final int bits;
    private final BaseFile file;

    /**
     * @param blockSize 0 for one scale an output
     */
    QuantisedMatrix(Matrix matrix, int blockSize, int bits, BaseFile file) {
        this.matrix = matrix;
        this.blockSize = blockSize;
        this.bits = bits;
        this.file = file;
    }

    /** Name of its scales. */
    public String scales() {
        return matrix.name() + BaseFile.SCALES;
    }

    /**
     * Adds {@code input · W + bias}.
     *
     * @param input value of shape (..., in)
     * @param bias value of shape (out), or null
     * @param trained whether a layer's scales are a weight input rather than a constant; a table's
     *     never are
     * @return {@code output}, of shape (..., out)
     */
    public String linear(
            OnnxGraph graph, String output, String input, String bias, boolean trained) {
        boolean scalesAreTrained = trained && !matrix.table();
        String scales = scales(graph, scalesAreTrained);
        if (blockSize == 0) {
            String codes = graph.addConstant(matrix.name(), file.constant(matrix.name()));
            List<String> inputs = new ArrayList<>(List.of(input, codes, scales));
            if (bias != null) {
                inputs.addAll(List.of("", bias));
            }
            return graph.add(RUNTIME + "DynamicQuantizeMatMul", output, inputs);
        }
        List<String> inputs =
                new ArrayList<>(
                        List.of(
                                input,
                                graph.addConstant(matrix.name(), file.constant(matrix.name())),
                                scales,
                                zeroPoints(graph)));
        if (bias != null) {
            inputs.addAll(List.of("", bias));
        }
        // With scales that change between calls, ONNX Runtime 1.26 computes sums of whole numbers
        // from scales it has not got: the answer is wrong without an error.
        long accuracy = scalesAreTrained ? FP32 : WHOLE_NUMBERS;
        return graph.add(
                RUNTIME + "MatMulNBits",
                output,
                inputs,
                attribute("K", (long) matrix.inSize()),
                attribute("N", (long) matrix.outSize()),
                attribute("bits", (long) bits),
                attribute("block_size", (long) blockSize),
                attribute("accuracy_level", accuracy));
    }

    /**
     * Adds the look-up of rows of a table, widened to fp32.
     *
     * @param ids int64 of any shape
     * @return {@code output}: the shape of {@code ids}, then the row
     */
    public String rows(OnnxGraph graph, String output, String ids) {
        // The same bytes as the linear layer reads, seen as rows.
        String name = matrix.name() + "/rows";
        long bytes = (long) matrix.inSize() * bits / 8;
        graph.addConstant(name, file.constant(matrix.name()).shaped(matrix.outSize(), bytes));
        List<String> inputs = new ArrayList<>(List.of(name, ids, scales(graph, false)));
        if (bits == 4) {
            inputs.add(zeroPoints(graph));
        }
        return graph.add(
                RUNTIME + "GatherBlockQuantized",
                output,
                inputs,
                attribute("gather_axis", 0L),
                attribute("quantize_axis", 1L),
                attribute("block_size", (long) blockSize),
                attribute("bits", (long) bits));
    }

    private String scales(OnnxGraph graph, boolean trained) {
        if (trained) {
            graph.addWeightInput(scales(), DType.F32, file.constant(scales()).shape());
            return scales();
        }
        return graph.addConstant(scales(), file.constant(scales()));
    }

    /** An empty name where the format has none. */
    private String zeroPoints(OnnxGraph graph) {
        String name = matrix.name() + BaseFile.ZERO_POINTS;
        return bits == 4 ? graph.addConstant(name, file.constant(name)) : "";
    }
}
