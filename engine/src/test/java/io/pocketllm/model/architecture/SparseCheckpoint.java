package io.pocketllm.model.architecture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.SafetensorsStream.Entry;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A checkpoint of zeros that takes no room on the disk: for a large model's sizes alone. */
public final class SparseCheckpoint {

    private SparseCheckpoint() {}

    /** What a model of that shape would be. */
    public static ModelInfo info(Path folder, String shape, DType dtype) throws Exception {
        JsonMapper mapper = new JsonMapper();
        ObjectNode config = ShapeCatalogue.config(shape);
        List<Entry> entries = TensorList.of(Architectures.of(ConfigFile.of(shape, config)), dtype);
        ObjectNode header = mapper.createObjectNode();
        long at = 0;
        for (Entry entry : entries) {
            ObjectNode tensor = header.putObject(entry.name());
            tensor.put("dtype", dtype.name());
            for (long size : entry.shape()) {
                tensor.withArray("shape").add(size);
            }
            tensor.withArray("data_offsets").add(at).add(at + entry.bytes());
            at += entry.bytes();
        }
        byte[] text = (header + " ".repeat(7)).getBytes(StandardCharsets.UTF_8);
        int length = text.length / 8 * 8;
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(ConfigFile.NAME), config.toString());
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
            file.write(
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
            file.write(text, 0, length);
            file.setLength(8 + length + at);
        }
        try (LanguageModel model =
                LanguageModel.open(
                        new ModelFiles(shape, folder, folder.resolve("tokenizer.json")))) {
            return model.info();
        }
    }
}
