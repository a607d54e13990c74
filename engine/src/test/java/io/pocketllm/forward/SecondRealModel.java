package io.pocketllm.forward;

import io.pocketllm.model.ModelFiles;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A real embedding model beside the default one, exported by other hands: bge-small-en-v1.5. */
public final class SecondRealModel {

    static final String NAME = "bge-small-en-v1.5";

    private SecondRealModel() {}

    /** Its files, unpacked once. */
    public static ModelFiles files() throws Exception {
        MiniLm.prepare();
        Path folder = Files.createDirectories(MiniLm.CACHE.resolve("models").resolve(NAME));
        return new ModelFiles(
                NAME, copy(NAME + ".onnx", folder), copy(NAME + "-tokenizer.json", folder));
    }

    private static Path copy(String resource, Path folder) throws Exception {
        Path file = folder.resolve(resource);
        if (Files.notExists(file)) {
            Path partial = Files.createTempFile(folder, resource, ".partial");
            try (InputStream in =
                    SecondRealModel.class.getClassLoader().getResourceAsStream(resource)) {
                Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
