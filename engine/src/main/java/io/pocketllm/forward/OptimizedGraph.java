package io.pocketllm.forward;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.pocketllm.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A graph as ONNX Runtime runs it: after it has fused, folded and rewritten what it can. */
public final class OptimizedGraph {

    private OptimizedGraph() {}

    /**
     * Has ONNX Runtime optimise a graph as {@link ForwardPass} does, and reads the result. Weights
     * that are inputs stay inputs, and constants whose numbers lie in a file become inputs: so no
     * weight is read, and the session that optimises is small.
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
            options.setIntraOpNumThreads(1);
            environment.createSession(lean(graph), options).close();
            return ModelProto.parseFrom(Files.readAllBytes(file));
        } catch (OrtException e) {
            throw new ForwardException("ONNX Runtime cannot load the graph: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Inputs in the place of constants whose numbers lie in a file. */
    private static byte[] lean(OnnxGraph graph) throws IOException {
        byte[] bytes = graph.toBytes();
        if (graph.externalFolder().isEmpty()) {
            return bytes;
        }
        ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder();
        GraphProto.Builder nodes = model.getGraphBuilder();
        List<TensorProto> constants = List.copyOf(nodes.getInitializerList());
        nodes.clearInitializer();
        for (TensorProto constant : constants) {
            if (constant.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                nodes.addInput(input(constant));
            } else {
                nodes.addInitializer(constant);
            }
        }
        return model.build().toByteArray();
    }

    private static ValueInfoProto input(TensorProto constant) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : constant.getDimsList()) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(constant.getName())
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(constant.getDataType())
                                                .setShape(shape)))
                .build();
    }
}
