package io.pocketllm.device.probe;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.Precision;
import io.pocketllm.device.RateFactors;
import io.pocketllm.onnx.OnnxGraph;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The measurements behind {@link HostProbe}, each a small graph of one operator. Activations are
 * read from beyond the caches, as those of a large batch are: a small batch's are too short to
 * matter.
 */
final class HostMeasurements {

    private static final String MICROSOFT = "com.microsoft";
    private static final int REPETITIONS = 8;

    /** Inner size and columns of the products: between MiniLM's 384 and RoBERTa-large's 1024. */
    private static final long SIDE = 768;

    private static final long ROWS = 512;
    private static final long FEW_ROWS = 16;

    /** Inputs that share a scale, as a base in blocks has by default. */
    private static final long BLOCK = 128;

    private final Arena arena;
    private final int threads;

    HostMeasurements(Arena arena, int threads) {
        this.arena = arena;
        this.threads = threads;
    }

    MachineRates rates() {
        double call = callSeconds();
        double many = productSeconds(ROWS) - call;
        double few = productSeconds(FEW_ROWS) - call;
        // Two products that differ in their rows alone: what does not grow with the rows is the
        // packing of the weight.
        double secondsPerRow = (many - few) / (ROWS - FEW_ROWS);
        double matmul = 2.0 * SIDE * SIDE / secondsPerRow;
        double packing = Math.max(many - ROWS * secondsPerRow, 0.02 * many);
        double copy = copyBytesPerSecond();

        Map<OperationKind, Double> compute = new EnumMap<>(RateFactors.ESTIMATED.compute());
        Map<OperationKind, Double> traffic = new EnumMap<>(OperationKind.class);
        traffic.put(OperationKind.PACKING, 2 * 4.0 * SIDE * SIDE / packing / copy);
        compute.put(OperationKind.ATTENTION, attentionFlopsPerSecond(call) / matmul);
        compute.put(OperationKind.ELEMENTWISE, geluFlopsPerSecond(call) / matmul);
        compute.put(OperationKind.NORMALIZATION, normFlopsPerSecond(call) / matmul);
        compute.put(OperationKind.SOFTMAX, softmaxFlopsPerSecond(call) / matmul);
        traffic.put(OperationKind.ELEMENTWISE, sumBytesPerSecond(call) / copy);
        traffic.put(OperationKind.NORMALIZATION, sumBytesPerSecond(call) / copy);
        Map<Precision, Double> precision = new EnumMap<>(RateFactors.ESTIMATED.precision());
        precision.put(Precision.INT8, int8FlopsPerSecond(call) / matmul);
        precision.put(Precision.INT8_BLOCK, blockFlopsPerSecond(8, call) / matmul);
        precision.put(Precision.INT4, blockFlopsPerSecond(4, call) / matmul);
        return new MachineRates(matmul, copy, call, new RateFactors(compute, precision, traffic));
    }

    /** An operator on so little that only its call costs. */
    private double callSeconds() {
        return graph().input("a", 64)
                        .input("b", 64)
                        .seconds(threads, 64, REPETITIONS, "", "Add", List.of("a", "b"))
                / 3; // the probe cuts one number out of each result, with two more calls
    }

    /** Weights come from memory, as those of a model do: all copies' together fit no cache. */
    private double productSeconds(long rows) {
        return graph().input("weight", SIDE, SIDE)
                .input("a", rows, SIDE)
                .cold()
                .seconds(threads, 16, REPETITIONS, "", "MatMul", List.of("weight", "a"));
    }

    private double attentionFlopsPerSecond(double call) {
        long heads = 96;
        long length = 64;
        long size = 32;
        double seconds =
                graph().input("b", heads, size, length)
                        .input("a", heads, length, size)
                        .seconds(threads, 4, REPETITIONS, "", "MatMul", List.of("b", "a"));
        return 2.0 * heads * length * length * size / (seconds - call);
    }

    private double geluFlopsPerSecond(double call) {
        long elements = 1 << 20;
        double seconds =
                graph().input("a", elements)
                        .cold()
                        .seconds(threads, 8, REPETITIONS, MICROSOFT, "Gelu", List.of("a"));
        return 20.0 * elements / (seconds - call);
    }

    private double normFlopsPerSecond(double call) {
        double seconds =
                graph().input("a", ROWS, SIDE)
                        .input("g", SIDE)
                        .input("b", SIDE)
                        .cold()
                        .seconds(
                                threads,
                                16,
                                REPETITIONS,
                                "",
                                "LayerNormalization",
                                List.of("a", "g", "b"));
        return 8.0 * ROWS * SIDE / (seconds - call);
    }

    /** Scores of attention: rows as long as a text. */
    private double softmaxFlopsPerSecond(double call) {
        long rows = 6144;
        long length = 64;
        double seconds =
                graph().input("a", rows, length)
                        .cold()
                        .seconds(threads, 16, REPETITIONS, "", "Softmax", List.of("a"));
        return 20.0 * rows * length / (seconds - call);
    }

    private double sumBytesPerSecond(double call) {
        long elements = 1 << 20;
        double seconds =
                graph().input("a", elements)
                        .input("b", elements)
                        .cold()
                        .seconds(threads, 8, REPETITIONS, "", "Add", List.of("a", "b"));
        return 12.0 * elements / (seconds - call);
    }

    private double int8FlopsPerSecond(double call) {
        double seconds =
                graph().input("a", ROWS, SIDE)
                        .constant("b", DataType.INT8, SIDE, SIDE)
                        .input("s", SIDE)
                        .seconds(
                                threads,
                                4,
                                REPETITIONS,
                                MICROSOFT,
                                "DynamicQuantizeMatMul",
                                List.of("a", "b", "s"));
        return 2.0 * ROWS * SIDE * SIDE / (seconds - call);
    }

    /** Products as a base in blocks makes them: whole numbers, a scale for 128 inputs. */
    private double blockFlopsPerSecond(int bits, double call) {
        long blocks = SIDE / BLOCK;
        ProbeGraph graph =
                graph().input("a", ROWS, SIDE)
                        .constant("b", DataType.UINT8, SIDE, blocks, BLOCK * bits / 8)
                        .constant("s", DataType.FLOAT, SIDE * blocks);
        List<String> inputs = new ArrayList<>(List.of("a", "b", "s"));
        if (bits == 4) {
            graph.constant("z", DataType.UINT8, SIDE * blocks / 2);
            inputs.add("z");
        }
        double seconds =
                graph.seconds(
                        threads,
                        4,
                        REPETITIONS,
                        MICROSOFT,
                        "MatMulNBits",
                        inputs,
                        OnnxGraph.attribute("K", SIDE),
                        OnnxGraph.attribute("N", SIDE),
                        OnnxGraph.attribute("bits", (long) bits),
                        OnnxGraph.attribute("block_size", BLOCK),
                        OnnxGraph.attribute("accuracy_level", 4L));
        return 2.0 * ROWS * SIDE * SIDE / (seconds - call);
    }

    /** A plain copy of more than the caches hold, by one thread. */
    private double copyBytesPerSecond() {
        long bytes = 64L << 20;
        MemorySegment from = arena.allocate(bytes, 64);
        MemorySegment to = arena.allocate(bytes, 64);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < REPETITIONS; i++) {
            long start = WorkTime.nanos(1);
            to.copyFrom(from);
            best = Math.min(best, (WorkTime.nanos(1) - start) / 1e9);
        }
        return 2.0 * bytes / best;
    }

    private ProbeGraph graph() {
        return new ProbeGraph(arena);
    }
}
