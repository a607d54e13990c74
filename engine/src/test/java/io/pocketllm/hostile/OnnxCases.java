package io.pocketllm.hostile;

import static io.pocketllm.hostile.Bytes.field;
import static io.pocketllm.hostile.Opener.EXPORT;
import static io.pocketllm.hostile.Opener.ONNX;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.onnx.TinyExport;
import io.pocketllm.onnx.TinyOnnx;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Damaged and hostile ONNX files. */
final class OnnxCases {

    private static final byte[] GOOD =
            TinyExport.encoder().build(new ByteArrayOutputStream()).toByteArray();

    private OnnxCases() {}

    static Stream<HostileCase> all() {
        return Stream.of(bytes(), external(), tensors(), graphs()).flatMap(cases -> cases);
    }

    private static HostileCase file(String name, byte[] bytes, String problem) {
        return HostileCase.of(name, ONNX, "model.onnx", bytes, problem);
    }

    private static Stream<HostileCase> bytes() {
        byte[] noise = new byte[4096];
        new Random(3).nextBytes(noise);
        byte[] nested = {};
        for (int i = 0; i < 4000; i++) {
            // A graph in an attribute of a node of a graph.
            nested = field(1, field(5, field(6, nested)));
        }
        return Stream.of(
                file("empty", new byte[0], "is empty"),
                file("text", "<html>404</html>".getBytes(), "no ONNX"),
                file("random bytes", noise, "no ONNX"),
                file("cut off", Arrays.copyOf(GOOD, GOOD.length / 2), "damaged"),
                file("no graph", new byte[] {8, 7}, "holds no graph"),
                file("graphs nested 4000 deep", field(7, nested), "damaged"),
                file(
                        "8 million empty nodes",
                        field(7, Bytes.repeated(new byte[] {10, 0}, 16_000_000)),
                        "memory"),
                file(
                        "a million empty attributes",
                        field(7, field(1, Bytes.repeated(new byte[] {42, 0}, 4_000_000))),
                        "memory"),
                file(
                        "100 MB of packed ones",
                        field(7, field(5, field(7, Bytes.repeated(new byte[] {1}, 100_000_000)))),
                        "memory"),
                HostileCase.sparse("3 GB", ONNX, "model.onnx", 3L << 30, "larger than 2 GiB"),
                HostileCase.sparse("1 GB of zeros", ONNX, "model.onnx", 1L << 30, "damaged"),
                new HostileCase("a folder", ONNX, folder -> folder, "is a folder"),
                new HostileCase(
                        "missing",
                        ONNX,
                        folder -> folder.resolve("no.onnx"),
                        "no such model file"));
    }

    private static TensorProto external(String location, String offset, String length) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName("extra")
                        .addDims(2)
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(TinyExport.entry("location", location));
        if (offset != null) {
            tensor.addExternalData(TinyExport.entry("offset", offset));
        }
        if (length != null) {
            tensor.addExternalData(TinyExport.entry("length", length));
        }
        return tensor.build();
    }

    private static HostileCase outside(
            String name, String location, String offset, String length, String problem) {
        return new HostileCase(
                name,
                ONNX,
                folder -> {
                    Path secret = folder.resolveSibling("secret.bin");
                    Files.write(secret, new byte[64]);
                    Files.write(folder.resolve("data.bin"), new byte[8]);
                    Files.createDirectory(folder.resolve("sub"));
                    Files.createSymbolicLink(folder.resolve("link.bin"), secret);
                    Files.createSymbolicLink(folder.resolve("up"), folder.getParent());
                    return model(folder, g -> g.addInitializer(external(location, offset, length)));
                },
                problem);
    }

    private static Path model(Path folder, UnaryOperator<GraphProto.Builder> change)
            throws Exception {
        ModelProto model = TinyExport.encoder().build(new ByteArrayOutputStream());
        GraphProto.Builder graph = change.apply(model.getGraph().toBuilder());
        return Files.write(
                folder.resolve("model.onnx"),
                model.toBuilder().setGraph(graph).build().toByteArray());
    }

    private static Stream<HostileCase> external() {
        String escape = "no file inside the model's folder";
        return Stream.of(
                outside("data one folder up", "../secret.bin", "0", "8", escape),
                outside("data up by a detour", "sub/../../secret.bin", "0", "8", escape),
                outside("data by absolute path", "/etc/passwd", "0", "8", escape),
                outside("data by a link that leads out", "link.bin", "0", "8", escape),
                outside(
                        "data below a folder link that leads out",
                        "up/secret.bin",
                        "0",
                        "8",
                        escape),
                outside("data by drive", "C:\\secret.bin", "0", "8", escape),
                outside("data with a NUL in its name", "data.bin\0", "0", "8", escape),
                outside("data is a folder", "sub", "0", "8", escape),
                outside("data is the folder itself", ".", "0", "8", escape),
                outside("no location", "", "0", "8", escape),
                outside("data is not there", "no.bin", "0", "8", "which is not there"),
                outside("negative offset", "data.bin", "-8", "8", "no number of bytes"),
                outside("offset beyond the file", "data.bin", "4", "8", "which has 8"),
                outside("offset near 2^63", "data.bin", "9223372036854775804", "8", "which has 8"),
                outside(
                        "offset of 2^64",
                        "data.bin",
                        "18446744073709551616",
                        "8",
                        "no number of bytes"),
                outside("offset of words", "data.bin", "here", "8", "no number of bytes"),
                outside(
                        "length that is not the shape's",
                        "data.bin",
                        "0",
                        "4",
                        "needs 8 bytes, but 4"),
                outside("negative length", "data.bin", "0", "-1", "no number of bytes"),
                new HostileCase(
                        "external numbers inside a node",
                        ONNX,
                        folder ->
                                model(
                                        folder,
                                        g ->
                                                g.addNode(
                                                        TinyOnnx.node("Constant", "c").toBuilder()
                                                                .addAttribute(
                                                                        AttributeProto.newBuilder()
                                                                                .setName("value")
                                                                                .setType(
                                                                                        AttributeProto
                                                                                                .AttributeType
                                                                                                .TENSOR)
                                                                                .setT(
                                                                                        external(
                                                                                                        "data.bin",
                                                                                                        "0",
                                                                                                        "8")
                                                                                                .toBuilder()
                                                                                                .setDataType(
                                                                                                        TensorProto
                                                                                                                .DataType
                                                                                                                .INT32
                                                                                                                .getNumber()))))),
                        "inside a node"));
    }

    private static HostileCase tensor(String name, TensorProto tensor, String problem) {
        return new HostileCase(
                name, ONNX, folder -> model(folder, g -> g.addInitializer(tensor)), problem);
    }

    private static Stream<HostileCase> tensors() {
        return Stream.of(
                tensor(
                        "too few bytes",
                        TinyOnnx.raw("w", new long[] {3}, 1, 2),
                        "needs 12 bytes, but there are 8"),
                tensor(
                        "negative sizes",
                        TinyOnnx.raw("w", new long[] {-1, -2}, 1, 2),
                        "negative size"),
                tensor(
                        "sizes beyond 64 bits",
                        TinyOnnx.raw("w", new long[] {1L << 40, 1L << 40}, 1),
                        "damaged weight"),
                tensor(
                        "bytes beyond 64 bits",
                        TinyOnnx.raw("w", new long[] {1L << 62}, 1),
                        "damaged weight"),
                tensor(
                        "a name twice",
                        TinyOnnx.raw("norm.bias", new long[] {1}, 1),
                        "two tensors named norm.bias"));
    }

    private static HostileCase graph(
            String name, UnaryOperator<GraphProto.Builder> change, String problem) {
        return new HostileCase(name, EXPORT, folder -> model(folder, change), problem);
    }

    private static Stream<HostileCase> graphs() {
        return Stream.of(
                graph(
                        "a cycle",
                        g ->
                                g.addNode(TinyOnnx.node("Add", "a", "b", "x"))
                                        .addNode(TinyOnnx.node("Neg", "b", "a")),
                        "cycle"),
                graph(
                        "a node that reads itself",
                        g -> g.addNode(TinyOnnx.node("Neg", "n", "n")),
                        "cycle"),
                graph("no inputs", GraphProto.Builder::clearInput, "has no input \"input_ids\""),
                graph(
                        "no attention mask",
                        g -> g.removeInput(1),
                        "has no input \"attention_mask\""),
                graph("no outputs", GraphProto.Builder::clearOutput, "gives no hidden states"),
                graph(
                        "an output that nothing computes",
                        g ->
                                g.clearOutput()
                                        .addOutput(
                                                TinyOnnx.value(
                                                        "ghost",
                                                        TensorProto.DataType.FLOAT,
                                                        "b",
                                                        "s",
                                                        "h")),
                        "gives no hidden states"),
                graph(
                        "an operator without inputs",
                        g -> g.addNode(TinyOnnx.node("Gather", "empty")).clearOutput(),
                        "lacks inputs"),
                graph("no weights", g -> g.clearInitializer(), "holds no float weights"));
    }
}
