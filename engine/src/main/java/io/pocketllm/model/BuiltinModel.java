package io.pocketllm.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The default pretrained model, all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), which comes
 * with the program as a Maven dependency. It is unpacked once into the cache folder and its
 * checksum compared each time it is used.
 */
public final class BuiltinModel {

    /** What a run file names it. */
    public static final String NAME = "all-MiniLM-L6-v2";

    private static final String ONNX = "all-minilm-l6-v2.onnx";
    private static final String ONNX_SHA256 =
            "ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4";
    private static final String TOKENIZER = "all-minilm-l6-v2-tokenizer.json";
    private static final String TOKENIZER_SHA256 =
            "754fbace50a65eb13073189fde35f561d96d630920b6a65bbf8dbadf9a4896c3";

    private BuiltinModel() {}

    /**
     * Unpacks what is not there yet or is damaged, and gives the files.
     *
     * @param cache the program's cache folder
     * @throws ModelException where the resource is not on the class path or the cache cannot be
     *     written
     */
    public static ModelFiles unpack(Path cache) throws ModelException {
        Path folder = cache.resolve("models").resolve(NAME);
        return new ModelFiles(
                NAME,
                unpack(folder, ONNX, ONNX_SHA256),
                unpack(folder, TOKENIZER, TOKENIZER_SHA256));
    }

    private static Path unpack(Path folder, String resource, String sha256) throws ModelException {
        Path file = folder.resolve(resource);
        try {
            if (Files.isRegularFile(file) && sha256(file).equals(sha256)) {
                return file;
            }
            Files.createDirectories(folder);
            // Two programs may unpack at once: each writes a file of its own, the rename is atomic.
            Path partial = Files.createTempFile(folder, resource, ".partial");
            try {
                copy(resource, partial);
                String found = sha256(partial);
                if (!found.equals(sha256)) {
                    throw new ModelException(
                            resource
                                    + ": the packaged model has the checksum "
                                    + found
                                    + ", expected "
                                    + sha256,
                            "Download the program again; its sample-data part is damaged.");
                }
                Files.move(
                        partial,
                        file,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
            return file;
        } catch (IOException e) {
            throw new ModelException(
                    file + ": the default model cannot be unpacked (" + e.getMessage() + ")",
                    "It needs about 100 MB in the cache folder; set POCKETLLM_HOME to a folder that has room.");
        }
    }

    private static void copy(String resource, Path to) throws IOException, ModelException {
        try (InputStream in = BuiltinModel.class.getClassLoader().getResourceAsStream(resource);
                OutputStream out = Files.newOutputStream(to)) {
            if (in == null) {
                throw new ModelException(
                        resource + ": is not part of this installation",
                        "Install the program with its sample data, or name a model file in model.path.");
            }
            in.transferTo(out);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
