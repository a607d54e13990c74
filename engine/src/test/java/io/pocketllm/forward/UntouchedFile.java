package io.pocketllm.forward;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.pocketllm.data.Batch;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What ONNX Runtime itself says of a model file: the twin that rewritten graphs are compared with.
 */
final class UntouchedFile {

    private UntouchedFile() {}

    /** An output's numbers for a batch. */
    static float[] run(Path model, Batch batch, String output) throws OrtException {
        MiniLm.prepare();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(model.toString(), options);
                TensorScope scope = new TensorScope()) {
            Map<String, OnnxTensorLike> inputs = new HashMap<>();
            for (String name : session.getInputNames()) {
                TensorInfo info = (TensorInfo) session.getInputInfo().get(name).getInfo();
                inputs.put(
                        name, scope.keep(tensor(environment, numbers(batch, name), batch, info)));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                var values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                float[] copy = new float[values.remaining()];
                values.get(copy);
                return copy;
            }
        }
    }

    private static long[] numbers(Batch batch, String input) {
        long[] numbers = new long[batch.inputIds().length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] =
                    switch (input) {
                        case "input_ids" -> batch.inputIds()[i];
                        case "attention_mask" -> batch.attentionMask()[i];
                        case "position_ids" -> i % batch.length();
                        default -> 0;
                    };
        }
        return numbers;
    }

    private static OnnxTensor tensor(
            OrtEnvironment environment, long[] numbers, Batch batch, TensorInfo info)
            throws OrtException {
        long[] shape = {batch.size(), batch.length()};
        return switch (info.type) {
            case INT64 -> OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), shape);
            case INT32 ->
                    OnnxTensor.createTensor(
                            environment,
                            IntBuffer.wrap(Arrays.stream(numbers).mapToInt(n -> (int) n).toArray()),
                            shape);
            default -> throw new AssertionError(info.type);
        };
    }
}
