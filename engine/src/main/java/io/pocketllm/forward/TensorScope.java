package io.pocketllm.forward;

import ai.onnxruntime.OnnxTensor;
import java.util.ArrayList;
import java.util.List;

/** Frees the tensors of one call when the call is over. */
final class TensorScope implements AutoCloseable {

    private final List<OnnxTensor> tensors = new ArrayList<>();

    OnnxTensor keep(OnnxTensor tensor) {
        tensors.add(tensor);
        return tensor;
    }

    @Override
    public void close() {
        tensors.forEach(OnnxTensor::close);
    }
}
