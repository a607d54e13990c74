package io.pocketllm.forward;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.pocketllm.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A graph as ONNX Runtime runs it: after it has fused, folded and rewritten what it can. */
public final class OptimizedGraph {

    private OptimizedGraph() {}

    /**
     * Has ONNX Runtime optimise a graph as {@link ForwardPass} does, and reads the result. Weights
     * that are inputs stay inputs.
     *
     * @param scratch a folder to write the graph to for the moment
     * @throws IOException where that cannot be written
     * @throws ForwardException where ONNX Runtime refuses the graph
     */
    public static ModelProto of(OnnxGraph graph, Path scratch) throws IOException {
        Files.createDirectories(scratch);
        Path file = Files.createTempFile(scratch, "optimized", ".onnx");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(
                            OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "pocketllm");
            environment.setTelemetry(false);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setOptimizedModelFilePath(file.toString());
            environment.createSession(graph.toBytes(), options).close();
            return ModelProto.parseFrom(Files.readAllBytes(file));
        } catch (OrtException e) {
            throw new ForwardException("ONNX Runtime cannot load the graph: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
