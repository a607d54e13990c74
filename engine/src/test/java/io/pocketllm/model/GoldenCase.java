package io.pocketllm.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.TensorFileException;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A tiny checkpoint with inputs and the outputs that the transformers library gives for them; see
 * golden/README.md.
 */
public final class GoldenCase implements AutoCloseable {

    /** Where all of them lie. */
    public static final Path FOLDER = Path.of("src/test/resources/golden");

    private static final long[] NONE = {};

    private final SafetensorsFile inputs;
    private final SafetensorsFile expected;
    private final LanguageModel model;

    private GoldenCase(Path folder, LanguageModel model) throws TensorFileException {
        // Native libraries belong in the build folder, whichever test comes first.
        MiniLm.prepare();
        this.model = model;
        inputs = SafetensorsFile.open(folder.resolve("inputs.safetensors"));
        expected = SafetensorsFile.open(folder.resolve("expected.safetensors"));
    }

    /** The checkpoint as it is. */
    public static GoldenCase open(String name) throws Exception {
        Path folder = FOLDER.resolve(name);
        return new GoldenCase(folder, LanguageModel.open(files(name, folder)));
    }

    /** Another weights file of it, put together as a folder in {@code into}. */
    public static GoldenCase open(String name, String weights, Path into) throws Exception {
        Path folder = FOLDER.resolve(name);
        copy(folder.resolve("config.json"), into.resolve("config.json"));
        copy(folder.resolve(weights), into.resolve("model.safetensors"));
        return new GoldenCase(folder, LanguageModel.open(files(name, into)));
    }

    static void copy(Path from, Path to) throws IOException {
        Files.write(to, Files.readAllBytes(from));
    }

    static ModelFiles files(String name, Path folder) {
        return new ModelFiles(name, folder, folder.resolve("tokenizer.json"));
    }

    public LanguageModel model() {
        return model;
    }

    boolean has(String name) {
        return inputs.tensors().containsKey(name);
    }

    boolean expects(String name) {
        return expected.tensors().containsKey(name);
    }

    public long[] shape(String input) {
        return inputs.tensors().get(input).shape();
    }

    public long[] input(String name) {
        return inputs.tensors()
                .get(name)
                .memory()
                .toArray(java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED);
    }

    public float[] expected(String name) {
        return expected.tensors().get(name).toArray();
    }

    /**
     * Runs a graph on the inputs whose names begin with {@code prefix}.
     *
     * @param more further int64 inputs, or other numbers for one of those
     */
    public List<float[]> run(
            OnnxGraph graph,
            String prefix,
            Collection<Tensor> weights,
            Map<String, long[]> more,
            List<String> outputs)
            throws OrtException {
        return run(
                graph,
                weights,
                outputs,
                shape(prefix + "input_ids"),
                name -> numbers(prefix, name, more.get(name)));
    }

    /** Runs a graph on one text of so many tokens. */
    public List<float[]> runOne(
            OnnxGraph graph,
            Collection<Tensor> weights,
            int length,
            Map<String, long[]> inputs,
            List<String> outputs)
            throws OrtException {
        return run(graph, weights, outputs, new long[] {1, length}, inputs::get);
    }

    private static List<float[]> run(
            OnnxGraph graph,
            Collection<Tensor> weights,
            List<String> outputs,
            long[] textShape,
            Function<String, long[]> numbers)
            throws OrtException {
        graph.setOutputs(outputs);
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(
                        ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "pocketllm");
        Map<String, OnnxTensor> feeds = new HashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(graph.toBytes(), options)) {
                for (String name : graph.dataInputs()) {
                    long[] values = numbers.apply(name);
                    long[] shape =
                            name.equals(PickedStates.POSITIONS)
                                    ? new long[] {values.length}
                                    : textShape;
                    feeds.put(
                            name,
                            OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
                }
                for (Tensor weight : weights) {
                    if (graph.weightInputs().contains(weight.name())) {
                        feeds.put(weight.name(), tensor(environment, weight));
                    }
                }
                try (OrtSession.Result result = session.run(feeds, Set.copyOf(outputs))) {
                    return outputs.stream().map(o -> floats(result, o)).toList();
                }
            }
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    private long[] numbers(String prefix, String name, long[] given) {
        if (given != null) {
            return given;
        }
        if (has(prefix + name)) {
            return input(prefix + name);
        }
        if (name.equals("position_ids")) {
            int length = (int) shape(prefix + "input_ids")[1];
            long[] positions = new long[input(prefix + "input_ids").length];
            java.util.Arrays.setAll(positions, i -> i % length);
            return positions;
        }
        return NONE;
    }

    private static float[] floats(OrtSession.Result result, String output) {
        var buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static OnnxTensor tensor(OrtEnvironment environment, Tensor weight)
            throws OrtException {
        OnnxJavaType type =
                switch (weight.dtype()) {
                    case F16 -> OnnxJavaType.FLOAT16;
                    case BF16 -> OnnxJavaType.BFLOAT16;
                    default -> OnnxJavaType.FLOAT;
                };
        return OnnxTensor.createTensor(environment, weight.buffer(), weight.shape(), type);
    }

    /** The largest difference in the rows whose mask is 1. */
    public static double difference(float[] found, float[] expected, long[] mask) {
        if (found.length != expected.length) {
            throw new AssertionError(found.length + " numbers, expected " + expected.length);
        }
        int row = found.length / mask.length;
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            if (mask[i / row] == 1) {
                double difference = Math.abs((double) found[i] - expected[i]);
                // NaN compares false and must not slip through.
                largest = difference <= largest ? largest : difference;
            }
        }
        return largest;
    }

    @Override
    public void close() {
        inputs.close();
        expected.close();
        model.close();
    }
}
