package io.pocketllm.device.work;

import java.util.Arrays;
import java.util.Set;

/** Rows, inner size and columns of the operators that multiply matrices. */
final class MatrixShapes {

    static final Set<String> OPERATORS =
            Set.of(
                    "MatMul",
                    "FusedMatMul",
                    "TransposeMatMul",
                    "Gemm",
                    "FusedGemm",
                    "MatMulNBits",
                    "DynamicQuantizeMatMul",
                    "MatMulInteger",
                    "MatMulIntegerToFloat",
                    "Attention",
                    "MultiHeadAttention",
                    "GroupQueryAttention");

    private MatrixShapes() {}

    /** Shape of the product, or of an attention operator's first output. */
    static long[] output(Node node) {
        long[] a = node.input(0).shape();
        return switch (node.operator()) {
            case "Gemm", "FusedGemm" -> new long[] {rows(node), columns(node)};
            case "MatMulNBits" -> with(a, a.length - 1, node.integer("N", 0));
            case "Attention" -> with(a, a.length - 1, attentionHidden(node));
            case "MultiHeadAttention" ->
                    node.has(2) && node.input(2).rank() == 3
                            ? with(a, 2, node.input(2).size(2))
                            : a.length == 5 ? new long[] {a[0], a[1], a[2] * a[4]} : a.clone();
            case "GroupQueryAttention" -> node.has(1) ? a.clone() : with(a, 2, packedHidden(node));
            default -> product(node);
        };
    }

    private static long[] product(Node node) {
        long[] a = node.input(0).shape();
        long[] b = node.input(1).shape();
        if (a.length < 2 || b.length < 2) {
            throw node.refuse("a product with a vector is not counted");
        }
        long[] batch =
                Value.broadcast(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
        long[] shape = Arrays.copyOf(batch, batch.length + 2);
        shape[batch.length] = a[a.length - (transposed(node, "transA") ? 1 : 2)];
        shape[batch.length + 1] = columns(node);
        return shape;
    }

    /** All rows of the left matrix, those of a batch together. */
    static long rows(Node node) {
        return node.input(0).elements() / Math.max(1, inner(node));
    }

    /** The size that is summed over. */
    static long inner(Node node) {
        return node.input(0).size(transposed(node, "transA") ? -2 : -1);
    }

    /** Columns of the right matrix. */
    static long columns(Node node) {
        if (node.operator().equals("MatMulNBits")) {
            return node.integer("N", 0);
        }
        return node.input(1).size(transposed(node, "transB") ? -2 : -1);
    }

    /** What a com.microsoft Attention hands on: a third of its packed projection. */
    static long attentionHidden(Node node) {
        long[] sizes = node.integers("qkv_hidden_sizes");
        return sizes == null ? node.input(1).size(1) / 3 : sizes[2];
    }

    /** Query size of a grouped attention whose query, key and value come packed in one. */
    private static long packedHidden(Node node) {
        long heads = node.integer("num_heads", 1);
        long together = heads + 2 * node.integer("kv_num_heads", heads);
        return node.input(0).size(2) / together * heads;
    }

    private static boolean transposed(Node node, String attribute) {
        return node.integer(attribute, 0) == 1;
    }

    private static long[] with(long[] shape, int at, long size) {
        long[] copy = shape.clone();
        copy[at] = size;
        return copy;
    }
}
