package io.pocketllm.forward;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.pocketllm.data.Batch;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.Tensor;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A graph ready to run. Its weights are inputs over memory that the caller owns: ONNX Runtime reads
 * the very bytes that the optimiser changes in place, so nothing is copied and no session is
 * rebuilt between steps.
 *
 * <p>Not for use from several threads at once. The tensors' memory must outlive the pass.
 */
public final class ForwardPass implements GraphPass {

    private final OrtEnvironment environment;
    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final List<String> dataInputs;
    private final Map<String, OnnxTensor> weights = new HashMap<>();
    private final int microBatch;
    private final PassWatch.Listener listener;

    /**
     * @param weights one tensor for each of the graph's weight inputs; others are passed over
     * @param threads threads of one call
     * @throws ForwardException where the graph cannot be used
     */
    public ForwardPass(OnnxGraph graph, Collection<Tensor> weights, int threads) {
        this(graph, weights, new ForwardOptions(threads, MemoryProfile.BALANCED));
    }

    /**
     * @param weights one tensor for each of the graph's weight inputs; others are passed over
     * @throws ForwardException where the graph cannot be used, or a file of its constants not be
     *     read
     */
    public ForwardPass(OnnxGraph graph, Collection<Tensor> weights, ForwardOptions how) {
        this(graph, weights, how, PassWatch.Listener.NONE);
    }

    /** The same, telling of each run. */
    ForwardPass(
            OnnxGraph graph,
            Collection<Tensor> weights,
            ForwardOptions how,
            PassWatch.Listener listener) {
        this.listener = listener;
        requireAll(graph, weights);
        microBatch = how.microBatch();
        try {
            environment = Sessions.environment();
            options = Sessions.options(how);
            // The graph travels as bytes, so its constants' files are looked for here.
            if (graph.externalFolder().isPresent()) {
                options.addConfigEntry(
                        "session.model_external_initializers_file_folder_path",
                        graph.externalFolder().get().toString());
            }
            session = environment.createSession(graph.toBytes(), options);
            dataInputs = graph.dataInputs();
            for (Tensor tensor : weights) {
                if (graph.weightInputs().contains(tensor.name())) {
                    this.weights.put(
                            tensor.name(),
                            OnnxTensor.createTensor(
                                    environment,
                                    tensor.buffer(),
                                    tensor.shape(),
                                    javaType(tensor)));
                }
            }
        } catch (OrtException e) {
            throw new ForwardException("ONNX Runtime cannot load the graph: " + e.getMessage(), e);
        }
    }

    /** Looked at before anything native is made, so that a refusal leaves nothing behind. */
    private static void requireAll(OnnxGraph graph, Collection<Tensor> weights) {
        Set<String> missing = new TreeSet<>(graph.weightInputs());
        weights.forEach(weight -> missing.remove(weight.name()));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "no tensor was given for the weight " + missing.iterator().next());
        }
    }

    @Override
    public List<float[]> run(Batch batch, List<String> outputs) {
        List<List<float[]>> pieces = new ArrayList<>();
        for (Batch piece : BatchInputs.pieces(batch, microBatch)) {
            pieces.add(runWhole(piece, outputs));
        }
        return BatchInputs.joined(pieces);
    }

    private List<float[]> runWhole(Batch batch, List<String> outputs) {
        Map<String, OnnxTensor> inputs = new HashMap<>(weights);
        try (TensorScope scope = new TensorScope()) {
            for (String name : dataInputs) {
                inputs.put(
                        name,
                        scope.keep(
                                OnnxTensor.createTensor(
                                        environment,
                                        LongBuffer.wrap(BatchInputs.numbers(batch, name)),
                                        BatchInputs.shape(batch, name))));
            }
            try (OrtSession.Result result = session.run(inputs, Set.copyOf(outputs))) {
                List<float[]> copies = new ArrayList<>();
                for (String output : outputs) {
                    copies.add(BatchInputs.floats((OnnxTensor) result.get(output).orElseThrow()));
                }
                listener.ran(batch.size(), batch.length(), batch.answers().size());
                return copies;
            }
        } catch (OrtException e) {
            throw new ForwardException(
                    "ONNX Runtime failed in a forward pass: " + e.getMessage(), e);
        }
    }

    static OnnxJavaType javaType(Tensor tensor) {
        return switch (tensor.dtype()) {
            case F32 -> OnnxJavaType.FLOAT;
            case F16 -> OnnxJavaType.FLOAT16;
            case BF16 -> OnnxJavaType.BFLOAT16;
            case F64 -> OnnxJavaType.DOUBLE;
            case I64 -> OnnxJavaType.INT64;
            case I32 -> OnnxJavaType.INT32;
            case I16 -> OnnxJavaType.INT16;
            case I8 -> OnnxJavaType.INT8;
            case U8 -> OnnxJavaType.UINT8;
            case BOOL -> OnnxJavaType.BOOL;
        };
    }

    @Override
    public void close() {
        weights.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new ForwardException(
                    "ONNX Runtime cannot close the session: " + e.getMessage(), e);
        }
        options.close();
    }
}
