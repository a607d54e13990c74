package io.pocketllm.forward;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.pocketllm.data.Batch;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
public final class ForwardPass implements AutoCloseable {

    /** Inputs of one number an answer's token, not one a text's token. */
    private static final String ANSWER_INPUTS = "answer_";

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
            environment =
                    OrtEnvironment.getEnvironment(
                            OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "pocketllm");
            environment.setTelemetry(false);
            options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(how.threads());
            options.setCPUArenaAllocator(how.memory().keepsMemory());
            options.setInterOpNumThreads(1);
            // A pattern is one more block for each shape of batch: 117 MB for RoBERTa-large's
            // first, and no less work.
            options.setMemoryPatternOptimization(false);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // Threads that spin between calls would heat the computer while the optimiser works.
            options.addConfigEntry(
                    "session.intra_op.allow_spinning", how.memory().spins() ? "1" : "0");
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

    /**
     * Runs the graph on a batch.
     *
     * @return the output's numbers, row-major
     */
    public float[] run(Batch batch, String output) {
        return run(batch, List.of(output)).getFirst();
    }

    /**
     * Runs the graph on a batch, in pieces where it has more examples than {@link
     * ForwardOptions#microBatch}. Every output's first dimension has to follow the batch's rows or
     * its answers, as all of this program's do.
     *
     * @return the numbers of each of {@code outputs}, row-major, in their order
     */
    public List<float[]> run(Batch batch, List<String> outputs) {
        if (microBatch == 0 || batch.examples().length <= microBatch) {
            return runWhole(batch, outputs);
        }
        List<List<float[]>> pieces = new ArrayList<>();
        for (Batch piece : batch.pieces(microBatch)) {
            pieces.add(runWhole(piece, outputs));
        }
        List<float[]> joined = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            int place = i;
            joined.add(joined(pieces.stream().map(piece -> piece.get(place)).toList()));
        }
        return joined;
    }

    private static float[] joined(List<float[]> pieces) {
        float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int from = 0;
        for (float[] piece : pieces) {
            System.arraycopy(piece, 0, all, from, piece.length);
            from += piece.length;
        }
        return all;
    }

    private List<float[]> runWhole(Batch batch, List<String> outputs) {
        long[] shape = {batch.size(), batch.length()};
        Map<String, OnnxTensor> inputs = new HashMap<>(weights);
        try (TensorScope scope = new TensorScope()) {
            for (String name : dataInputs) {
                long[] numbers = numbers(batch, name);
                boolean answers = name.startsWith(ANSWER_INPUTS);
                inputs.put(
                        name,
                        scope.keep(longs(numbers, answers ? new long[] {numbers.length} : shape)));
            }
            try (OrtSession.Result result = session.run(inputs, Set.copyOf(outputs))) {
                List<float[]> copies = new ArrayList<>();
                for (String output : outputs) {
                    FloatBuffer values =
                            ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                    float[] copy = new float[values.remaining()];
                    values.get(copy);
                    copies.add(copy);
                }
                listener.ran(batch.size(), batch.length(), batch.answers().size());
                return copies;
            }
        } catch (OrtException e) {
            throw new ForwardException(
                    "ONNX Runtime failed in a forward pass: " + e.getMessage(), e);
        }
    }

    private static long[] numbers(Batch batch, String input) {
        return switch (input) {
            case "input_ids" -> batch.inputIds();
            case "attention_mask" -> batch.attentionMask();
            case "token_type_ids" ->
                    batch.tokenTypeIds() == null
                            ? new long[batch.inputIds().length]
                            : batch.tokenTypeIds();
            case "position_ids" -> positions(batch);
            case "answer_positions" -> batch.answers().positions();
            case "answer_tokens" ->
                    Arrays.stream(batch.answers().tokens()).mapToLong(t -> t).toArray();
            default ->
                    throw new IllegalArgumentException(
                            "the model asks for the input \"" + input + "\", which no text gives");
        };
    }

    private static long[] positions(Batch batch) {
        long[] positions = new long[batch.inputIds().length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i % batch.length();
        }
        return positions;
    }

    private static OnnxJavaType javaType(Tensor tensor) {
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

    private OnnxTensor longs(long[] values, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
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
