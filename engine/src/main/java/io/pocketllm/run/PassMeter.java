package io.pocketllm.run;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.OperationWork;
import io.pocketllm.device.StepWork;
import io.pocketllm.device.work.WorkCounter;
import io.pocketllm.forward.ForwardException;
import io.pocketllm.forward.OptimizedGraph;
import io.pocketllm.forward.PassWatch;
import io.pocketllm.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up the work of every pass that was really run, so that whatever a method asks for is counted
 * and nothing it does not: pieces of a batch, copies in a graph, features that were read before.
 * Each shape of a batch is counted once.
 *
 * <p>A graph is optimised without its weights, before the session that runs it is made: a matter of
 * some megabytes for some tenths of a second.
 */
final class PassMeter implements PassWatch {

    private record Shape(int rows, int length, int answers) {}

    /** Work of one shape, and how often it was done since it was last taken. */
    private static final class Done {
        final StepWork each;
        int times;

        Done(StepWork each) {
            this.each = each;
        }
    }

    @FunctionalInterface
    private interface Count {
        StepWork of(Shape shape);
    }

    private final Path scratch;
    private final List<Map<Shape, Done>> all = new ArrayList<>();
    private String problem;

    /**
     * @param scratch a folder to write graphs to for the moment
     */
    PassMeter(Path scratch) {
        this.scratch = scratch;
    }

    @Override
    public Listener of(OnnxGraph graph) {
        ModelProto optimized;
        try {
            optimized = OptimizedGraph.of(graph, scratch);
        } catch (ForwardException e) {
            // Whoever makes the pass is refused too, and says so better.
            return Listener.NONE;
        } catch (IOException e) {
            problem = e.toString();
            return listener(shape -> rough(graph, shape));
        }
        return listener(shape -> counted(graph, optimized, shape));
    }

    @Override
    public Listener ofLinear(long inner, long columns) {
        // Plain loops and no matrix kernel, whose speed is that of work element by element.
        return listener(
                shape ->
                        new StepWork(
                                List.of(
                                        OperationWork.fp32(
                                                OperationKind.ELEMENTWISE,
                                                2.0 * shape.rows * inner * columns,
                                                4.0 * (shape.rows + columns) * inner)),
                                1));
    }

    private Listener listener(Count count) {
        Map<Shape, Done> done = new LinkedHashMap<>();
        all.add(done);
        return (rows, length, answers) ->
                done.computeIfAbsent(
                                new Shape(rows, length, answers),
                                shape -> new Done(count.of(shape)))
                        .times++;
    }

    private StepWork counted(OnnxGraph graph, ModelProto optimized, Shape shape) {
        try {
            WorkCounter.Count count =
                    WorkCounter.count(optimized, shape.rows, shape.length, shape.answers);
            if (!count.unknownOperators().isEmpty()) {
                problem =
                        "it has no rule for the operators "
                                + String.join(", ", count.unknownOperators());
            }
            return count.work();
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
            return rough(graph, shape);
        }
    }

    /** Two operations a weight and token, and every weight read and packed once. */
    private static StepWork rough(OnnxGraph graph, Shape shape) {
        double weights = weights(graph);
        return new StepWork(
                List.of(
                        OperationWork.fp32(
                                OperationKind.MATMUL,
                                2 * weights * shape.rows * shape.length,
                                4 * weights),
                        OperationWork.fp32(OperationKind.PACKING, 0, 8 * weights)),
                graph.nodes().size());
    }

    private static double weights(OnnxGraph graph) {
        try {
            double weights = 0;
            for (ValueInfoProto input :
                    ModelProto.parseFrom(graph.toBytes()).getGraph().getInputList()) {
                if (graph.weightInputs().contains(input.getName())) {
                    double elements = 1;
                    TensorShapeProto shape = input.getType().getTensorType().getShape();
                    for (TensorShapeProto.Dimension size : shape.getDimList()) {
                        elements *= size.getDimValue();
                    }
                    weights += elements;
                }
            }
            return weights;
        } catch (IOException e) {
            throw new IllegalStateException("a graph's own bytes", e);
        }
    }

    /** All work since this was last asked. */
    StepWork take() {
        List<OperationWork> operations = new ArrayList<>();
        double calls = 0;
        for (Map<Shape, Done> graph : all) {
            for (Done done : graph.values()) {
                if (done.times > 0) {
                    StepWork work = done.each.times(done.times);
                    operations.addAll(work.operations());
                    calls += work.calls();
                    done.times = 0;
                }
            }
        }
        return new StepWork(operations, calls);
    }

    /** Why a graph could not be counted in full but was estimated; told once. */
    Optional<String> takeProblem() {
        Optional<String> told = Optional.ofNullable(problem);
        problem = null;
        return told;
    }
}
