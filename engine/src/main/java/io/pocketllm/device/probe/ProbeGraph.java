package io.pocketllm.device.probe;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A small graph that repeats one operator, to be timed: {@code copies} calls of it on the same
 * inputs, of each of which one number is kept so that none is left out.
 */
final class ProbeGraph {

    private static final Batch NO_TEXT =
            new Batch(new long[0], new long[0], new int[0], new int[0], 0, 0);

    private final ModelProto.Builder model =
            ModelProto.newBuilder()
                    .setIrVersion(8)
                    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                    .addOpsetImport(
                            OperatorSetIdProto.newBuilder()
                                    .setDomain("com.microsoft")
                                    .setVersion(1));
    private final List<Tensor> tensors = new ArrayList<>();
    private final Arena arena;
    private boolean cold;

    ProbeGraph(Arena arena) {
        this.arena = arena;
    }

    /** From now on each copy reads memory of its own for its first input: none finds it cached. */
    ProbeGraph cold() {
        cold = true;
        return this;
    }

    private Tensor copy(Tensor tensor, String name) {
        MemorySegment memory = arena.allocate(tensor.memory().byteSize(), 64);
        return new Tensor(name, tensor.shape(), memory.copyFrom(tensor.memory()));
    }

    /** An fp32 input of small numbers. */
    ProbeGraph input(String name, long... shape) {
        long elements = Tensor.elements(shape);
        MemorySegment memory = arena.allocate(4 * elements, 64);
        for (long i = 0; i < elements; i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (i % 61) * 0.01f - 0.3f);
        }
        tensors.add(new Tensor(name, shape, memory));
        return this;
    }

    /** A constant: bytes, as quantised weights are, or small floats, as their scales. */
    ProbeGraph constant(String name, TensorProto.DataType type, long... shape) {
        int elements = (int) Tensor.elements(shape);
        boolean floats = type == TensorProto.DataType.FLOAT;
        ByteBuffer numbers =
                ByteBuffer.allocate(floats ? 4 * elements : elements)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            if (floats) {
                numbers.putFloat(0.001f * (1 + i % 7));
            } else {
                numbers.put((byte) (i * 37));
            }
        }
        byte[] bytes = numbers.array();
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(type.getNumber())
                        .setRawData(ByteString.copyFrom(bytes));
        for (long size : shape) {
            tensor.addDims(size);
        }
        model.getGraphBuilder().addInitializer(tensor);
        return this;
    }

    /**
     * Times the operator.
     *
     * @param repetitions how often the graph is run; the fastest counts, for whatever else the
     *     computer does only ever adds
     * @return seconds of one call
     */
    double seconds(
            int threads,
            int copies,
            int repetitions,
            String domain,
            String operator,
            List<String> inputs,
            AttributeProto... attributes) {
        for (int i = 0; i < copies; i++) {
            // The runtime would merge equal nodes; names of their own keep their inputs apart.
            model.getGraphBuilder()
                    .addNode(
                            NodeProto.newBuilder()
                                    .setOpType(operator)
                                    .setDomain(domain)
                                    .setName("probe" + i)
                                    .addAllInput(order(renamed(inputs, i), operator))
                                    .addOutput("result" + i)
                                    .addAllAttribute(List.of(attributes)));
        }
        OnnxGraph graph = new OnnxGraph(model.build());
        List<Tensor> fed = new ArrayList<>();
        for (Tensor tensor : tensors) {
            boolean first = tensor.name().equals(inputs.getFirst());
            for (int i = 0; i < (first ? copies : 1); i++) {
                String name = first ? tensor.name() + i : tensor.name();
                graph.addWeightInput(name, tensor.shape());
                fed.add(first && cold && i > 0 ? copy(tensor, name) : tensor.named(name));
            }
        }
        String kept = firstNumbers(graph, copies);
        graph.setOutputs(List.of(kept));
        try (ForwardPass pass = new ForwardPass(graph, fed, threads)) {
            double best = Double.MAX_VALUE;
            pass.run(NO_TEXT, kept);
            for (int i = 0; i < repetitions; i++) {
                long start = WorkTime.nanos(threads);
                pass.run(NO_TEXT, kept);
                best = Math.min(best, (WorkTime.nanos(threads) - start) / 1e9);
            }
            return best / copies;
        }
    }

    /** A product's weight is what is named anew, and it stands on the right. */
    private static List<String> order(List<String> inputs, String operator) {
        return operator.equals("MatMul") ? inputs.reversed() : inputs;
    }

    private static List<String> renamed(List<String> inputs, int copy) {
        List<String> renamed = new ArrayList<>(inputs);
        renamed.set(0, inputs.getFirst() + copy);
        return renamed;
    }

    /** One number of each result, together. */
    private static String firstNumbers(OnnxGraph graph, int copies) {
        graph.longConstants("zero", 0);
        graph.longConstants("one", 1);
        graph.longConstants("flat", -1);
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            String flat = graph.add("Reshape", "flat" + i, List.of("result" + i, "flat"));
            numbers.add(graph.add("Slice", "kept" + i, List.of(flat, "zero", "one")));
        }
        return graph.add("Concat", "kept", numbers, OnnxGraph.attribute("axis", 0));
    }
}
