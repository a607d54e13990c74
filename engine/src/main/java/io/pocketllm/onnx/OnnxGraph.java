package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pocketllm.tensor.DType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A graph under construction: an ONNX model without its weights, which have become inputs of the
 * type they are stored in, plus whatever is added.
 *
 * <p>Weights travel beside the graph, so the text that ONNX Runtime parses stays small however
 * large the model is.
 */
public final class OnnxGraph {

    /** Operators of ONNX Runtime's own (com.microsoft) are named with this in front. */
    public static final String RUNTIME = "com.microsoft.";

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    /** From this operator set on, axes of Unsqueeze and ReduceSum are inputs. */
    private static final long AXES_ARE_INPUTS = 13;

    private final ModelProto.Builder model;
    private final GraphProto.Builder graph;
    private final Set<String> weightInputs = new HashSet<>();
    private final Map<String, Integer> given = new HashMap<>();
    private final Set<String> external = new HashSet<>();
    private Path externalFolder;

    /** A graph with nothing in it: opset 17, and ONNX Runtime's own operators. */
    public OnnxGraph() {
        this(
                ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .setProducerName("pocketllm")
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder()
                                        .setDomain(GraphProtos.RUNTIME_DOMAIN)
                                        .setVersion(1))
                        .setGraph(GraphProto.newBuilder().setName("forward"))
                        .build());
    }

    /**
     * A copy of {@code source} in which every weight that stands inside it is an input of the same
     * name.
     *
     * @throws IllegalArgumentException where the model is damaged
     */
    public OnnxGraph(ModelProto source) {
        this(takeOut(source));
    }

    /** The weights of {@code source} as inputs. */
    OnnxGraph(WeightGraph source) {
        model = source.model().toBuilder();
        // Before IR 4 a constant had to be listed as an input, which none of ours is.
        model.setIrVersion(Math.max(4, model.getIrVersion()));
        graph = model.getGraph().toBuilder();
        for (TensorProto constant : source.model().getGraph().getInitializerList()) {
            GraphEdits.removeInput(graph, constant.getName());
        }
        source.tensors()
                .values()
                .forEach(tensor -> addWeightInput(tensor.name(), tensor.dtype(), tensor.shape()));
    }

    private static WeightGraph takeOut(ModelProto source) {
        try {
            return WeightGraph.of("the model", source, null);
        } catch (OnnxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Names of the weights that are inputs now. */
    public Set<String> weightInputs() {
        return Set.copyOf(weightInputs);
    }

    /** Adds an fp32 input for a tensor that the caller will feed. */
    public void addWeightInput(String name, long... shape) {
        addWeightInput(name, DType.F32, shape);
    }

    /** Adds an input of any weight format for a tensor that the caller will feed. */
    public void addWeightInput(String name, DType dtype, long... shape) {
        // Exports of IR 3 list initializers among the inputs too.
        GraphEdits.removeInput(graph, name);
        graph.addInput(
                Values.of(
                        name,
                        ElementTypes.number(dtype),
                        Arrays.stream(shape).mapToObj(Long::valueOf).toArray()));
        weightInputs.add(name);
    }

    /**
     * Weights stored as halves become fp32 inputs that the graph itself rounds to halves, so that a
     * method can move them in steps finer than a half's.
     *
     * @param names true for the name of a weight that is to be fed as fp32
     */
    public void feedHalvesAsFloats(Predicate<String> names) {
        for (ValueInfoProto input : List.copyOf(graph.getInputList())) {
            int type = input.getType().getTensorType().getElemType();
            if (weightInputs.contains(input.getName())
                    && names.test(input.getName())
                    && type != TensorProto.DataType.FLOAT.getNumber()) {
                feedAs(input, TensorProto.DataType.FLOAT.getNumber());
            }
        }
    }

    /** A data input of another type becomes an int64 input that the graph converts. */
    public void feedAsLongs(String input) {
        for (ValueInfoProto value : List.copyOf(graph.getInputList())) {
            if (value.getName().equals(input)
                    && value.getType().getTensorType().getElemType()
                            != TensorProto.DataType.INT64.getNumber()) {
                feedAs(value, TensorProto.DataType.INT64.getNumber());
            }
        }
    }

    private void feedAs(ValueInfoProto input, int type) {
        String name = input.getName();
        int stored = input.getType().getTensorType().getElemType();
        String converted = name + "/as_stored";
        GraphEdits.replaceReads(graph, Map.of(name, converted));
        add("Cast", converted, List.of(name), attribute("to", stored));
        TypeProto.Tensor.Builder tensor =
                input.getType().getTensorType().toBuilder().setElemType(type);
        graph.setInput(
                graph.getInputList().indexOf(input),
                input.toBuilder().setType(TypeProto.newBuilder().setTensorType(tensor)));
    }

    /** The float type a value inside the graph has. */
    public DType floatType(String value) {
        return ElementTypes.dtype(ValueTypes.of(graph, value)).orElseThrow();
    }

    /** Adds a conversion of a value to another type. */
    public String cast(String output, String value, DType to) {
        return add("Cast", output, List.of(value), attribute("to", ElementTypes.number(to)));
    }

    /** Adds a dimension of size 1. */
    public String unsqueeze(String output, String value, long axis) {
        return opset() < AXES_ARE_INPUTS
                ? add("Unsqueeze", output, List.of(value), attribute("axes", new long[] {axis}))
                : add("Unsqueeze", output, List.of(value, longConstants(output + "/axis", axis)));
    }

    /** Adds a sum along an axis, which stays with size 1 where {@code keepDimension}. */
    public String sum(String output, String value, long axis, boolean keepDimension) {
        AttributeProto keep = attribute("keepdims", keepDimension ? 1 : 0);
        return opset() < AXES_ARE_INPUTS
                ? add(
                        "ReduceSum",
                        output,
                        List.of(value),
                        attribute("axes", new long[] {axis}),
                        keep)
                : add(
                        "ReduceSum",
                        output,
                        List.of(value, longConstants(output + "/axis", axis)),
                        keep);
    }

    /** Version of ONNX's own operators that the model is written in. */
    public long opset() {
        return model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(1);
    }

    /**
     * Adds an input for a tensor that the caller will feed, and the widening to fp32 where it is
     * stored in half precision.
     *
     * @return the fp32 value to read
     */
    public String addWeight(String name, DType dtype, long... shape) {
        addWeightInput(name, dtype, shape);
        if (dtype == DType.F32) {
            return name;
        }
        return addFirst("Cast", fresh(name + "/fp32"), List.of(name), TO_FLOAT);
    }

    /**
     * Adds a node in front of all others: one that makes something large out of a weight alone.
     * ONNX Runtime walks the graph back from its outputs and, of the values a node reads, computes
     * the one listed first last. So a matrix is widened right before its use and the next takes its
     * place; otherwise all of them would be there at once.
     *
     * @return the output's name
     */
    public String addFirst(
            String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(0, GraphProtos.node(operator, List.of(output), inputs, attributes));
        return output;
    }

    /**
     * Adds an int64 input that each call feeds.
     *
     * @param dimensions their names
     * @return its name
     */
    public String addDataInput(String name, String... dimensions) {
        if (!dataInputs().contains(name)) {
            graph.addInput(
                    Values.of(name, TensorProto.DataType.INT64.getNumber(), (Object[]) dimensions));
        }
        return name;
    }

    /** {@code name}, with a number behind it where this graph gave it out before. */
    public String fresh(String name) {
        int times = given.merge(name, 1, Integer::sum);
        return times == 1 ? name : name + "#" + times;
    }

    /**
     * Adds a node with one output.
     *
     * @return the output's name
     */
    public String add(
            String operator, String output, List<String> inputs, AttributeProto... attributes) {
        return add(operator, List.of(output), inputs, attributes).getFirst();
    }

    /**
     * Adds a node with several outputs.
     *
     * @param operator its type; with {@link #RUNTIME} in front for an operator of ONNX Runtime's
     *     own
     * @param inputs an empty name stands for an optional input that is left out
     * @return the outputs' names
     */
    public List<String> add(
            String operator,
            List<String> outputs,
            List<String> inputs,
            AttributeProto... attributes) {
        graph.addNode(GraphProtos.node(operator, outputs, inputs, attributes));
        return outputs;
    }

    /** Adds an fp32 constant without dimensions. */
    public String floatConstant(String name, float value) {
        graph.addInitializer(GraphProtos.floats(name, new long[0], value));
        return name;
    }

    /** Adds a one-dimensional fp32 constant. */
    public String floatConstants(String name, float... values) {
        graph.addInitializer(GraphProtos.floats(name, new long[] {values.length}, values));
        return name;
    }

    /** Adds an int64 constant without dimensions. */
    public String longConstant(String name, long value) {
        graph.addInitializer(GraphProtos.longs(name, new long[0], value));
        return name;
    }

    /** Adds a one-dimensional int64 constant. */
    public String longConstants(String name, long... values) {
        graph.addInitializer(GraphProtos.longs(name, new long[] {values.length}, values));
        return name;
    }

    /**
     * Adds a constant whose numbers stay in a file. ONNX Runtime maps the file; where an operator
     * packs the numbers its own way, only the packed copy stays in memory.
     *
     * @throws IllegalArgumentException where the file lies in another folder than those before
     */
    public String addConstant(String name, ExternalConstant constant) {
        Path folder = constant.file().toAbsolutePath().getParent();
        if (externalFolder != null && !externalFolder.equals(folder)) {
            throw new IllegalArgumentException(
                    "constants lie in " + externalFolder + " and in " + folder);
        }
        externalFolder = folder;
        if (external.add(name)) {
            graph.addInitializer(constant.toProto(name));
        }
        return name;
    }

    /** The folder of the files that constants lie in. */
    public Optional<Path> externalFolder() {
        return Optional.ofNullable(externalFolder);
    }

    /**
     * Takes a node out, and the weight inputs that nothing reads without it.
     *
     * @param output one of its outputs; the caller adds another node that gives it
     * @return the node
     * @throws IllegalArgumentException where no node gives that output
     */
    public NodeProto removeNode(String output) {
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            if (node.getOutputList().contains(output)) {
                graph.removeNode(i);
                node.getInputList().stream()
                        .filter(weightInputs::contains)
                        .filter(name -> !isRead(name))
                        .forEach(this::removeWeightInput);
                return node;
            }
        }
        throw new IllegalArgumentException("no node gives " + output);
    }

    private boolean isRead(String name) {
        return graph.getNodeList().stream().anyMatch(n -> n.getInputList().contains(name));
    }

    private void removeWeightInput(String name) {
        weightInputs.remove(name);
        GraphEdits.removeInput(graph, name);
    }

    /**
     * Puts an addition behind a value: whoever read {@code value} now reads {@code value +
     * summand}.
     *
     * @param summand a value computed by nodes that were added before
     * @return the sum's name
     */
    public String addOnto(String value, String summand) {
        String sum = value + "/plus/" + summand;
        GraphEdits.replaceReads(graph, Map.of(value, sum));
        return add("Add", sum, List.of(value, summand));
    }

    /** The graph's outputs become exactly {@code names}, fp32 of any shape. */
    public void setOutputs(List<String> names) {
        graph.clearOutput();
        for (String name : names) {
            graph.addOutput(Values.ofAnyShape(name, TensorProto.DataType.FLOAT.getNumber()));
        }
    }

    /** The nodes as they stand. */
    public List<NodeProto> nodes() {
        return graph.getNodeList();
    }

    /** Names of the inputs that are no weights. */
    public List<String> dataInputs() {
        return graph.getInputList().stream()
                .map(ValueInfoProto::getName)
                .filter(name -> !weightInputs.contains(name))
                .toList();
    }

    /** Names of the outputs. */
    public List<String> outputs() {
        return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    /**
     * The model as bytes for ONNX Runtime: the nodes that its outputs follow from, in an order in
     * which each comes after what it reads.
     */
    public byte[] toBytes() {
        return shell().toBuilder().setGraph(ordered()).build().toByteArray();
    }

    /** The graph, nodes in such an order. */
    GraphProto ordered() {
        renameDataDimensions();
        List<NodeProto> sorted = TopologicalOrder.of(NeededNodes.of(graph.build()));
        return graph.clone().clearNode().addAllNode(sorted).clearValueInfo().build();
    }

    /** Versions and operator sets, without a graph. */
    ModelProto shell() {
        return model.clone().clearGraph().build();
    }

    /**
     * Some exports name both dimensions of input_ids "batch"; shape inference then takes them for
     * equal.
     */
    private void renameDataDimensions() {
        for (int i = 0; i < graph.getInputCount(); i++) {
            ValueInfoProto input = graph.getInput(i);
            if (!weightInputs.contains(input.getName())
                    && input.getType().getTensorType().getShape().getDimCount() == 2) {
                TypeProto.Tensor.Builder tensor = input.getType().getTensorType().toBuilder();
                tensor.setShape(Values.shape("batch", "tokens"));
                graph.setInput(
                        i,
                        input.toBuilder()
                                .setType(input.getType().toBuilder().setTensorType(tensor)));
            }
        }
    }

    /** An integer attribute of a node. */
    public static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    /** A real-number attribute of a node. */
    public static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    /** The attribute by which a Cast node gives int64. */
    public static final AttributeProto TO_LONG =
            attribute("to", (long) TensorProto.DataType.INT64.getNumber());

    /** The attribute by which a Cast node gives fp32. */
    public static final AttributeProto TO_FLOAT =
            attribute("to", (long) TensorProto.DataType.FLOAT.getNumber());

    /** The attribute by which a Cast node gives truth values. */
    public static final AttributeProto TO_BOOL =
            attribute("to", (long) TensorProto.DataType.BOOL.getNumber());

    /** A list-of-integers attribute of a node. */
    public static AttributeProto attribute(String name, long[] values) {
        AttributeProto.Builder builder =
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            builder.addInts(value);
        }
        return builder.build();
    }
}
