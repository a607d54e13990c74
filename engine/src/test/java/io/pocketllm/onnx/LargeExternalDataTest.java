package io.pocketllm.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers beyond 2 GiB in a data file, which a 31-bit offset could not reach. */
class LargeExternalDataTest {

    private static final long FAR = 5L << 30;

    @TempDir private Path folder;

    @Test
    void aWeightFiveGibibytesIntoItsFileIsRead() throws Exception {
        try (RandomAccessFile data =
                new RandomAccessFile(folder.resolve("weights.bin").toFile(), "rw")) {
            data.seek(FAR);
            // 2.5 and -1, little-endian.
            data.write(new byte[] {0, 0, 0x20, 0x40, 0, 0, (byte) 0x80, (byte) 0xBF});
        }
        TensorProto far =
                TensorProto.newBuilder()
                        .setName("far")
                        .addDims(2)
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(TinyExport.entry("location", "weights.bin"))
                        .addExternalData(TinyExport.entry("offset", String.valueOf(FAR)))
                        .addExternalData(TinyExport.entry("length", "8"))
                        .build();
        ModelProto model = TinyExport.encoder().build(new ByteArrayOutputStream());
        Path file =
                Files.write(
                        folder.resolve("model.onnx"),
                        model.toBuilder()
                                .setGraph(
                                        model.getGraph().toBuilder()
                                                .addInitializer(far)
                                                .addNode(
                                                        TinyOnnx.node(
                                                                "Add",
                                                                "far_sum",
                                                                "residual",
                                                                "far")))
                                .build()
                                .toByteArray());

        try (OnnxFile onnx = OnnxFile.open(file)) {
            Tensor weight = onnx.weights().get("far");
            assertThat(weight.toArray()).containsExactly(2.5f, -1);
            assertThat(weight.memory().isReadOnly()).isTrue();
            assertThat(onnx.graph().toBytes()).hasSizeLessThan(20_000);
        }
    }
}
