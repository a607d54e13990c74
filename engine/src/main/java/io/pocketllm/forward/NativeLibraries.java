package io.pocketllm.forward;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Keeps native libraries inside the cache folder and third-party code off the network.
 *
 * <p>Left alone, ONNX Runtime unpacks 23 MB into the system's temporary folder at each start and
 * leaves them there when the process is killed, which a simulated phone does for a living; the
 * tokenizer library unpacks into the user's home and asks a cloud address who it is running for.
 * {@link #prepare} must run before either is touched.
 */
public final class NativeLibraries {

    private NativeLibraries() {}

    /**
     * Sets the properties both libraries read, and unpacks ONNX Runtime into {@code cache} where it
     * is not there yet.
     *
     * @throws IOException where the cache folder cannot be written
     */
    public static void prepare(Path cache) throws IOException {
        Path folder = cache.toAbsolutePath().resolve("native");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("DJL_CACHE_DIR", folder.resolve("tokenizers").toString());
        System.setProperty("jna.tmpdir", Files.createDirectories(folder.resolve("jna")).toString());
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        List<String> names = libraryNames(platform);
        String version =
                ai.onnxruntime.OrtEnvironment.class.getPackage().getImplementationVersion();
        Path runtime =
                folder.resolve(
                        "onnxruntime-" + (version == null ? "1.26.0" : version) + "-" + platform);
        Files.createDirectories(runtime);
        boolean all = true;
        for (String name : names) {
            all &= unpack("/ai/onnxruntime/native/" + platform + "/" + name, runtime.resolve(name));
        }
        if (all) {
            System.setProperty("onnxruntime.native.path", runtime.toString());
        }
    }

    /** The folder name ONNX Runtime's jar uses. */
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux";
        boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
        return system + "-" + (arm ? "aarch64" : "x64");
    }

    private static List<String> libraryNames(String platform) {
        if (platform.startsWith("win")) {
            return List.of("onnxruntime.dll", "onnxruntime4j_jni.dll");
        }
        String ending = platform.startsWith("osx") ? ".dylib" : ".so";
        return List.of("libonnxruntime" + ending, "libonnxruntime4j_jni" + ending);
    }

    /**
     * True where the library is in place afterwards; false where the jar has none for this
     * platform.
     */
    private static boolean unpack(String resource, Path file) throws IOException {
        var url = NativeLibraries.class.getResource(resource);
        if (url == null) {
            return false;
        }
        long size = url.openConnection().getContentLengthLong();
        if (Files.isRegularFile(file) && Files.size(file) == size) {
            return true;
        }
        Path partial =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".partial");
        try (InputStream in = url.openStream()) {
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(
                    partial,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        return true;
    }
}
