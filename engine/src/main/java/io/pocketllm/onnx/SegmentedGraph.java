package io.pocketllm.onnx;

import static io.pocketllm.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a graph into segments whose weights fit a given room, so that a caller can feed a large
 * model through a small buffer: the weights of one segment, run it, then those of the next.
 *
 * <p>Matrices that are larger than the room are cut by output rows, and what is looked up in a
 * large table is fed row by row. Everything else keeps its order.
 */
public final class SegmentedGraph {

    /** A table that fills no more than this part of the room is fed whole. */
    private static final long SMALL_TABLES = 8;

    private final GraphProto graph;
    private final ModelProto shell;
    private final Set<String> streamed;
    private final long room;
    private final Set<String> cuts;
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final Map<String, long[]> shapes = new HashMap<>();
    private final ElementKinds kinds;

    /** Parts of weights by the name that nodes read. */
    private final Map<String, Segment.WeightInput> parts = new HashMap<>();

    private SegmentedGraph(OnnxGraph source, Set<String> streamed, long room, Set<String> cuts) {
        shell = source.shell();
        graph = source.ordered();
        this.streamed = streamed;
        this.room = room;
        this.cuts = cuts;
        for (TensorProto constant : graph.getInitializerList()) {
            constants.put(constant.getName(), constant);
        }
        for (ValueInfoProto input : graph.getInputList()) {
            shapes.put(
                    input.getName(),
                    input.getType().getTensorType().getShape().getDimList().stream()
                            .mapToLong(d -> d.getDimValue())
                            .toArray());
        }
        kinds = new ElementKinds(graph);
    }

    /**
     * Cuts.
     *
     * @param source the whole graph; its streamed weights are fp32 inputs
     * @param streamed weights that are fed part by part; others stay inputs under their names
     * @param room numbers that a segment's parts of weights may have in all; a single one that
     *     cannot be cut may have more
     * @param cuts values after which a segment ends; where a model's layers end, each layer is cut
     *     alike
     */
    public static List<Segment> cut(
            OnnxGraph source, Set<String> streamed, long room, Set<String> cuts) {
        SegmentedGraph cutting = new SegmentedGraph(source, streamed, room, cuts);
        List<NodeProto> nodes = new ArrayList<>();
        for (NodeProto node : cutting.graph.getNodeList()) {
            nodes.addAll(cutting.inParts(node));
        }
        return cutting.segments(cutting.groups(nodes));
    }

    /** The node, or nodes that do the same with smaller parts of its weight. */
    private List<NodeProto> inParts(NodeProto node) {
        return switch (node.getOpType()) {
            case "Gather" -> List.of(byRows(node));
            case "Gemm" -> byOutputs(node);
            default -> List.of(node);
        };
    }

    private NodeProto byRows(NodeProto node) {
        String table = node.getInput(0);
        String ids = node.getInput(1);
        boolean known = graphInput(ids) || isList(constants.get(ids));
        if (!streamed.contains(table)
                || shapes.get(table).length != 2
                || number(node, "axis", 0) != 0
                || elements(table) <= room / SMALL_TABLES
                || !known) {
            return node;
        }
        String name = table + "@rows of " + ids;
        TensorProto fixed = constants.get(ids);
        parts.put(
                name,
                new Segment.Rows(
                        name,
                        table,
                        elements(table) / shapes.get(table)[0],
                        name + "/places",
                        fixed == null ? ids : null,
                        fixed == null ? null : longs(fixed)));
        return node.toBuilder().setInput(0, name).setInput(1, name + "/places").build();
    }

    private static boolean isList(TensorProto constant) {
        return constant != null && constant.getDimsCount() == 1;
    }

    private boolean graphInput(String name) {
        return shapes.containsKey(name) && !streamed.contains(name);
    }

    /** x · Wᵀ + b, some rows of W at a time. */
    private List<NodeProto> byOutputs(NodeProto node) {
        String matrix = node.getInput(1);
        boolean plain =
                streamed.contains(matrix)
                        && number(node, "transB", 0) == 1
                        && number(node, "transA", 0) == 0;
        if (!plain || elements(matrix) <= room) {
            return List.of(node);
        }
        long in = shapes.get(matrix)[1];
        long out = shapes.get(matrix)[0];
        // Parts of one size, so that they share a session but for the last.
        long count = Math.ceilDiv(out * in, room);
        long rows = Math.ceilDiv(out, count);
        List<NodeProto> made = new ArrayList<>();
        List<String> joined = new ArrayList<>();
        for (long from = 0; from < out; from += rows) {
            long height = Math.min(rows, out - from);
            String part = matrix + "@" + from + "+" + height;
            parts.put(part, new Segment.Slice(part, matrix, from * in, new long[] {height, in}));
            String output = node.getOutput(0) + "@" + from;
            joined.add(output);
            made.add(
                    node.toBuilder()
                            .clearInput()
                            .addInput(node.getInput(0))
                            .addInput(part)
                            .setName(output)
                            .setOutput(0, output)
                            .build());
        }
        boolean bias = node.getInputCount() > 2 && !node.getInput(2).isEmpty();
        String whole = bias ? node.getOutput(0) + "@joined" : node.getOutput(0);
        made.add(GraphProtos.node("Concat", List.of(whole), joined, attribute("axis", 1L)));
        if (bias) {
            made.add(
                    GraphProtos.node(
                            "Add", List.of(node.getOutput(0)), List.of(whole, node.getInput(2))));
        }
        return made;
    }

    private long elements(String weight) {
        long product = 1;
        for (long size : shapes.get(weight)) {
            product *= size;
        }
        return product;
    }

    private static long number(NodeProto node, String attribute, long otherwise) {
        return node.getAttributeList().stream()
                .filter(a -> a.getName().equals(attribute))
                .mapToLong(a -> a.getI())
                .findFirst()
                .orElse(otherwise);
    }

    private static long[] longs(TensorProto constant) {
        if (constant.getInt64DataCount() > 0) {
            return constant.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
        }
        LongBuffer values =
                ByteBuffer.wrap(constant.getRawData().toByteArray())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer();
        long[] all = new long[values.remaining()];
        values.get(all);
        return all;
    }

    /** Consecutive nodes whose weights fit the room together. */
    private List<List<NodeProto>> groups(List<NodeProto> nodes) {
        List<List<NodeProto>> groups = new ArrayList<>();
        List<NodeProto> open = new ArrayList<>();
        Set<String> held = new HashSet<>();
        long used = 0;
        for (NodeProto node : nodes) {
            long more = 0;
            Set<String> fresh = new LinkedHashSet<>();
            for (String input : node.getInputList()) {
                if (isFed(input) && !held.contains(input) && fresh.add(input)) {
                    more += partElements(input);
                }
            }
            if (!open.isEmpty() && used > 0 && more > 0 && used + more > room) {
                groups.add(open);
                open = new ArrayList<>();
                held.clear();
                used = 0;
                // A weight of the group before has to be fed again.
                more = 0;
                for (String input : new LinkedHashSet<>(node.getInputList())) {
                    more += isFed(input) ? partElements(input) : 0;
                }
                fresh.addAll(node.getInputList());
            }
            open.add(node);
            held.addAll(fresh);
            used += more;
            if (node.getOutputList().stream().anyMatch(cuts::contains)) {
                groups.add(open);
                open = new ArrayList<>();
                held.clear();
                used = 0;
            }
        }
        if (!open.isEmpty()) {
            groups.add(open);
        }
        return groups;
    }

    private boolean isFed(String input) {
        return streamed.contains(input) || parts.containsKey(input);
    }

    /** Rows of a table are few; they count as nothing. */
    private long partElements(String input) {
        Segment.WeightInput part = parts.get(input);
        return switch (part) {
            case null -> elements(input);
            case Segment.Slice slice -> slice.shape()[0] * slice.shape()[1];
            case Segment.Rows rows -> 0;
        };
    }

    private List<Segment> segments(List<List<NodeProto>> groups) {
        Map<String, Integer> lastRead = new HashMap<>();
        Set<String> outputs = new HashSet<>();
        graph.getOutputList().forEach(output -> outputs.add(output.getName()));
        for (int g = 0; g < groups.size(); g++) {
            for (NodeProto node : groups.get(g)) {
                for (String input : node.getInputList()) {
                    lastRead.put(input, g);
                }
            }
        }
        List<Segment> segments = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            segments.add(segment(groups.get(g), g, lastRead, outputs));
        }
        return segments;
    }

    private Segment segment(
            List<NodeProto> nodes, int at, Map<String, Integer> lastRead, Set<String> outputs) {
        SegmentBuilder builder = new SegmentBuilder(shell, kinds);
        Map<String, String> values = new LinkedHashMap<>();
        List<Segment.WeightInput> weights = new ArrayList<>();
        Set<String> made = new HashSet<>();
        nodes.forEach(node -> made.addAll(node.getOutputList()));
        for (NodeProto node : nodes) {
            for (String input : node.getInputList()) {
                if (input.isEmpty() || made.contains(input) || builder.knows(input)) {
                    continue;
                }
                Segment.WeightInput part = parts.get(input);
                if (part != null) {
                    weights.add(declare(builder, input, part));
                } else if (streamed.contains(input)) {
                    long[] shape = shapes.get(input);
                    weights.add(
                            new Segment.Slice(
                                    builder.weight(input, boxed(shape)), input, 0, shape));
                } else if (constants.containsKey(input)) {
                    builder.constant(constants.get(input));
                } else {
                    values.put(builder.value(input), input);
                }
            }
            builder.node(node);
        }
        Map<String, String> given = new LinkedHashMap<>();
        for (NodeProto node : nodes) {
            for (String output : node.getOutputList()) {
                if (lastRead.getOrDefault(output, -1) > at || outputs.contains(output)) {
                    given.put(builder.output(output), output);
                }
            }
        }
        List<String> last =
                values.values().stream()
                        .filter(name -> lastRead.get(name) == at)
                        .filter(name -> !shapes.containsKey(name))
                        .filter(name -> !outputs.contains(name))
                        .toList();
        return new Segment(builder.model(), values, List.copyOf(weights), given, last);
    }

    private Segment.WeightInput declare(
            SegmentBuilder builder, String name, Segment.WeightInput part) {
        return switch (part) {
            case Segment.Slice slice ->
                    new Segment.Slice(
                            builder.weight(name, boxed(slice.shape())),
                            slice.weight(),
                            slice.from(),
                            slice.shape());
            case Segment.Rows rows ->
                    new Segment.Rows(
                            builder.weight(name, "rows", rows.rowSize()),
                            rows.weight(),
                            rows.rowSize(),
                            builder.places(
                                    rows.places(),
                                    rows.ids() == null ? 1 : shapes.get(rows.ids()).length),
                            rows.ids(),
                            rows.fixed());
        };
    }

    private static Object[] boxed(long[] shape) {
        Object[] sizes = new Object[shape.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape[i];
        }
        return sizes;
    }
}
