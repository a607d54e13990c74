package io.pocketllm.device.work;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The shape of each node's outputs (onnx.ai operators, and those of com.microsoft that language
 * models use). Integers that make up shapes are followed through the graph, so that a graph which
 * computes its own shapes is understood. An operator without a rule is taken to keep the shape of
 * its first input.
 */
final class ShapeRules {

    private ShapeRules() {}

    /** True where the operator has a rule. */
    static boolean knows(String operator) {
        return MatrixShapes.OPERATORS.contains(operator)
                || LIKE_FIRST.contains(operator)
                || BROADCAST.contains(operator)
                || OWN_RULE.contains(operator);
    }

    private static final List<String> LIKE_FIRST =
            List.of(
                    ("Identity Cast Dropout Erf Tanh Sigmoid Relu Gelu FastGelu BiasGelu QuickGelu Sqrt"
                                    + " Reciprocal Neg Abs Exp Log Not Softmax LogSoftmax CumSum Trilu"
                                    + " LayerNormalization SimplifiedLayerNormalization"
                                    + " RMSNormalization SkipLayerNormalization"
                                    + " SkipSimplifiedLayerNormalization RotaryEmbedding IsNaN IsInf"
                                    + " DynamicQuantizeLinear QuantizeLinear DequantizeLinear Cos Sin"
                                    + " ScatterND Clip Floor Ceil")
                            .split(" "));

    private static final List<String> BROADCAST =
            List.of(
                    "Add Sub Mul Div Pow Mod Equal Greater GreaterOrEqual Less LessOrEqual And Or Min Max Where"
                            .split(" "));

    private static final List<String> OWN_RULE =
            List.of(
                    ("Constant Shape Gather GatherElements Concat Unsqueeze Squeeze Reshape Flatten"
                                    + " Transpose Expand ConstantOfShape Range Slice Split ReduceMean"
                                    + " ReduceSum ReduceMax ReduceMin ReduceL2 ArgMax"
                                    + " EmbedLayerNormalization GatherBlockQuantized ReduceProd")
                            .split(" "));

    /** One value for each output; those of outputs nobody reads may be left out. */
    static List<Value> outputs(Node node) {
        String operator = node.operator();
        if (MatrixShapes.OPERATORS.contains(operator)) {
            return List.of(Value.of(MatrixShapes.output(node)));
        }
        if (BROADCAST.contains(operator)) {
            return List.of(broadcast(node));
        }
        return switch (operator) {
            case "Constant" -> List.of(Tensors.value(node.tensor("value")));
            case "Shape" -> List.of(shape(node));
            case "Gather" -> List.of(gather(node));
            case "GatherBlockQuantized" -> List.of(gatherBlocks(node));
            case "GatherElements" -> List.of(Value.of(node.input(1).shape()));
            case "Concat" -> List.of(concat(node));
            case "Unsqueeze" -> List.of(unsqueeze(node));
            case "Squeeze" -> List.of(squeeze(node));
            case "Reshape" -> List.of(reshape(node));
            case "Flatten" -> List.of(flatten(node));
            case "Transpose" -> List.of(transpose(node));
            case "Expand" ->
                    List.of(Value.of(Value.broadcast(node.input(0).shape(), node.numbers(1))));
            case "ConstantOfShape" -> List.of(Value.of(node.numbers(0)));
            case "Range" -> List.of(range(node));
            case "Slice" -> List.of(SliceShape.of(node));
            case "Split" -> split(node);
            case "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL2", "ArgMax" ->
                    List.of(reduce(node));
            case "ReduceProd" -> List.of(product(node));
            case "EmbedLayerNormalization" -> embed(node);
            case "DynamicQuantizeLinear" -> List.of(node.input(0), Value.of(), Value.of());
            default -> List.of(likeFirst(node));
        };
    }

    private static Value likeFirst(Node node) {
        boolean keeps = List.of("Identity", "Cast").contains(node.operator());
        return keeps ? node.input(0) : Value.of(node.input(0).shape());
    }

    private static Value broadcast(Node node) {
        long[] shape = node.input(0).shape();
        for (int i = 1; i < node.proto().getInputCount(); i++) {
            shape = Value.broadcast(shape, node.input(i).shape());
        }
        return new Value(shape, arithmetic(node, shape));
    }

    private static long[] arithmetic(Node node, long[] shape) {
        LongBinaryOperator operation =
                switch (node.operator()) {
                    case "Add" -> Long::sum;
                    case "Sub" -> (a, b) -> a - b;
                    case "Mul" -> (a, b) -> a * b;
                    case "Div" -> (a, b) -> b == 0 ? 0 : a / b;
                    case "Equal" -> (a, b) -> a == b ? 1 : 0;
                    default -> null;
                };
        if (node.operator().equals("Where")) {
            return where(node, shape);
        }
        long[] a = node.input(0).numbers();
        long[] b = node.input(1).numbers();
        if (operation == null || a == null || b == null) {
            return null;
        }
        int count = (int) Value.of(shape).elements();
        long[] results = new long[count];
        for (int i = 0; i < count; i++) {
            results[i] =
                    operation.applyAsLong(
                            a[a.length == 1 ? 0 : i % a.length],
                            b[b.length == 1 ? 0 : i % b.length]);
        }
        return results;
    }

    private static long[] where(Node node, long[] shape) {
        long[] condition = node.input(0).numbers();
        long[] yes = node.input(1).numbers();
        long[] no = node.input(2).numbers();
        if (condition == null || yes == null || no == null) {
            return null;
        }
        return IntStream.range(0, (int) Value.of(shape).elements())
                .mapToLong(
                        i ->
                                condition[i % condition.length] != 0
                                        ? yes[i % yes.length]
                                        : no[i % no.length])
                .toArray();
    }

    private static Value shape(Node node) {
        long[] shape = node.input(0).shape();
        int from = Value.axis(node.integer("start", 0), shape.length);
        int to = Value.axis(node.integer("end", shape.length), shape.length);
        return Value.list(Arrays.copyOfRange(shape, from, Math.min(to, shape.length)));
    }

    private static Value gather(Node node) {
        Value data = node.input(0);
        Value indices = node.input(1);
        int axis = Value.axis(node.integer("axis", 0), data.rank());
        long[] shape =
                LongStream.concat(
                                LongStream.concat(
                                        Arrays.stream(data.shape(), 0, axis),
                                        Arrays.stream(indices.shape())),
                                Arrays.stream(data.shape(), axis + 1, data.rank()))
                        .toArray();
        if (data.numbers() == null || indices.numbers() == null || data.rank() != 1) {
            return Value.of(shape);
        }
        long[] numbers = data.numbers();
        return new Value(
                shape,
                Arrays.stream(indices.numbers())
                        .map(i -> numbers[Value.axis(i, numbers.length)])
                        .toArray());
    }

    /** Rows of a table whose numbers share bytes. */
    private static Value gatherBlocks(Node node) {
        long[] indices = node.input(1).shape();
        long[] shape = Arrays.copyOf(indices, indices.length + 1);
        shape[indices.length] = node.input(0).size(-1) * 8 / node.integer("bits", 4);
        return Value.of(shape);
    }

    private static Value concat(Node node) {
        int count = node.proto().getInputCount();
        long[] shape = node.input(0).shape().clone();
        int axis = Value.axis(node.integer("axis", 0), shape.length);
        LongStream numbers = Arrays.stream(orEmpty(node.input(0).numbers()));
        boolean known = node.input(0).numbers() != null;
        for (int i = 1; i < count; i++) {
            shape[axis] += node.input(i).shape()[axis];
            numbers = LongStream.concat(numbers, Arrays.stream(orEmpty(node.input(i).numbers())));
            known &= node.input(i).numbers() != null;
        }
        return new Value(shape, known && shape.length == 1 ? numbers.toArray() : null);
    }

    private static long[] orEmpty(long[] numbers) {
        return numbers == null ? new long[0] : numbers;
    }

    private static Value unsqueeze(Node node) {
        Value data = node.input(0);
        long[] axes = node.numbers(1, "axes");
        int rank = data.rank() + axes.length;
        List<Long> shape = new ArrayList<>(Arrays.stream(data.shape()).boxed().toList());
        for (int axis : Arrays.stream(axes).mapToInt(a -> Value.axis(a, rank)).sorted().toArray()) {
            shape.add(axis, 1L);
        }
        return new Value(shape.stream().mapToLong(Long::longValue).toArray(), data.numbers());
    }

    private static Value squeeze(Node node) {
        Value data = node.input(0);
        long[] axes = node.numbers(1, "axes");
        List<Integer> gone =
                axes == null
                        ? IntStream.range(0, data.rank())
                                .filter(i -> data.shape()[i] == 1)
                                .boxed()
                                .toList()
                        : Arrays.stream(axes).mapToObj(a -> Value.axis(a, data.rank())).toList();
        long[] shape =
                IntStream.range(0, data.rank())
                        .filter(i -> !gone.contains(i))
                        .mapToLong(i -> data.shape()[i])
                        .toArray();
        return new Value(shape, data.numbers());
    }

    private static Value reshape(Node node) {
        Value data = node.input(0);
        long[] shape = node.numbers(1).clone();
        int open = -1;
        long product = 1;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] == 0 && node.integer("allowzero", 0) == 0) {
                shape[i] = data.shape()[i];
            }
            if (shape[i] == -1) {
                open = i;
            } else {
                product *= shape[i];
            }
        }
        if (open >= 0) {
            shape[open] = product == 0 ? 0 : data.elements() / product;
        }
        return new Value(shape, data.numbers());
    }

    private static Value flatten(Node node) {
        Value data = node.input(0);
        int axis = Value.axis(node.integer("axis", 1), data.rank());
        long rows = Arrays.stream(data.shape(), 0, axis).reduce(1, (a, b) -> a * b);
        return Value.of(rows, data.elements() / Math.max(1, rows));
    }

    private static Value transpose(Node node) {
        Value data = node.input(0);
        long[] order = node.integers("perm");
        return Value.of(
                IntStream.range(0, data.rank())
                        .mapToLong(
                                i ->
                                        data.shape()[
                                                order == null
                                                        ? data.rank() - 1 - i
                                                        : (int) order[i]])
                        .toArray());
    }

    private static Value range(Node node) {
        long start = node.numbers(0)[0];
        long step = node.numbers(2)[0];
        long count = Math.max(0, Math.ceilDiv(node.numbers(1)[0] - start, step));
        boolean few = count <= Value.MOST_NUMBERS;
        return new Value(
                new long[] {count},
                few ? LongStream.range(0, count).map(i -> start + i * step).toArray() : null);
    }

    private static List<Value> split(Node node) {
        Value data = node.input(0);
        int axis = Value.axis(node.integer("axis", 0), data.rank());
        int count = node.proto().getOutputCount();
        long[] sizes = node.numbers(1, "split");
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long[] shape = data.shape().clone();
            shape[axis] = sizes == null ? Math.ceilDiv(shape[axis], count) : sizes[i];
            parts.add(Value.of(shape));
        }
        return parts;
    }

    private static Value reduce(Node node) {
        Value data = node.input(0);
        long[] axes =
                node.operator().equals("ArgMax")
                        ? new long[] {node.integer("axis", 0)}
                        : node.numbers(1, "axes");
        boolean keep = node.integer("keepdims", 1) == 1;
        List<Integer> reduced =
                axes == null
                        ? IntStream.range(0, data.rank()).boxed().toList()
                        : Arrays.stream(axes).mapToObj(a -> Value.axis(a, data.rank())).toList();
        return Value.of(
                IntStream.range(0, data.rank())
                        .filter(i -> keep || !reduced.contains(i))
                        .mapToLong(i -> reduced.contains(i) ? 1 : data.shape()[i])
                        .toArray());
    }

    /** How many tokens a batch has is the product of its shape. */
    private static Value product(Node node) {
        Value shape = reduce(node);
        long[] numbers = node.input(0).numbers();
        if (numbers == null || node.input(0).rank() != 1) {
            return shape;
        }
        return new Value(
                shape.shape(), new long[] {Arrays.stream(numbers).reduce(1, (a, b) -> a * b)});
    }

    private static List<Value> embed(Node node) {
        long[] ids = node.input(0).shape();
        Value embedded = Value.of(ids[0], ids[1], node.input(2).size(1));
        return new ArrayList<>(
                List.of(embedded, Value.of(ids[0]), Collections.nCopies(1, embedded).getFirst()));
    }
}
