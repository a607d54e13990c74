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
}
