package io.pocketllm.forward;

/** ONNX Runtime refused a graph or a call. */
public final class ForwardException extends RuntimeException {

    ForwardException(String message, Throwable cause) {
        super(message, cause);
    }
}
