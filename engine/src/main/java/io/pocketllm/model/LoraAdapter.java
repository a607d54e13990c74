package io.pocketllm.model;

import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.DType;
import java.util.List;

/**
 * A low-rank adapter behind a value of a graph (LoRA, arXiv 2106.09685): {@code output += (alpha /
 * rank) · (input · A) · B}.
 *
 * @param name what its two weights are named after
 * @param input value of shape (..., in)
 * @param output value of shape (..., out) that it is added to
 * @param inSize in
 * @param outSize out
 * @param rank columns of A and rows of B
 * @param alpha LoRA's scale
 */
public record LoraAdapter(
        String name, String input, String output, int inSize, int outSize, int rank, double alpha) {

    /** Name of A, shape (in, rank). */
    public String a() {
        return name + ".lora_A";
    }

    /** Name of B, shape (rank, out). */
    public String b() {
        return name + ".lora_B";
    }

    /**
     * Adds the nodes and the two weight inputs.
     *
     * @return the name of the value that now carries the adapted output
     */
    public String addTo(OnnxGraph graph) {
        graph.addWeightInput(a(), inSize, rank);
        graph.addWeightInput(b(), rank, outSize);
        // Named after this use: a layer that is used twice has two outputs and one adapter.
        String p = graph.fresh(output + "/lora");
        // In a model of halves the adapter computes in fp32 all the same.
        DType inside = graph.floatType(output);
        String wide = inside == DType.F32 ? input : graph.cast(p + "/wide", input, DType.F32);
        String down = graph.add("MatMul", p + "/down", List.of(wide, a()));
        String up = graph.add("MatMul", p + "/up", List.of(down, b()));
        String scale = graph.floatConstant(p + "/scale", (float) (alpha / rank));
        String delta = graph.add("Mul", p + "/delta", List.of(up, scale));
        return graph.addOnto(
                output, inside == DType.F32 ? delta : graph.cast(p + "/narrow", delta, inside));
    }

    /**
     * Adds the nodes for several copies at once: the input's rows are that many equal blocks, and
     * block i meets copy i of B, and of A where A moves too.
     *
     * @param copies how many blocks and copies there are
     * @param oneA whether A is one of shape (in, rank) for all; else it is (copies, in, rank)
     * @return the name of the value that now carries the adapted output
     */
    public String addBranchedTo(OnnxGraph graph, int copies, boolean oneA) {
        if (oneA) {
            graph.addWeightInput(a(), inSize, rank);
        } else {
            graph.addWeightInput(a(), copies, inSize, rank);
        }
        graph.addWeightInput(b(), copies, rank, outSize);
        String p = graph.fresh(output + "/lora");
        String blocks = graph.longConstants(p + "/blocks_shape", copies, -1, inSize);
        String in = graph.add("Reshape", p + "/blocks", List.of(input, blocks));
        String down = graph.add("MatMul", p + "/down", List.of(in, a()));
        String up = graph.add("MatMul", p + "/up", List.of(down, b()));
        String scale = graph.floatConstant(p + "/scale", (float) (alpha / rank));
        String delta = graph.add("Mul", p + "/delta_blocks", List.of(up, scale));
        // The output's shape, from the input's: reading the output itself would make a circle.
        String shape = graph.add("Shape", p + "/input_shape", List.of(input));
        String rows =
                graph.add(
                        "Slice",
                        p + "/rows",
                        List.of(
                                shape,
                                graph.longConstants(p + "/first", 0),
                                graph.longConstants(p + "/last", -1)));
        String whole =
                graph.add(
                        "Concat",
                        p + "/output_shape",
                        List.of(rows, graph.longConstants(p + "/out_size", outSize)),
                        OnnxGraph.attribute("axis", 0));
        return graph.addOnto(output, graph.add("Reshape", p + "/delta", List.of(delta, whole)));
    }
}
