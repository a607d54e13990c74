package io.pocketllm.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.phone.AdbSettings;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real adbd, and the settings of a real adb server of its own: what {@code
 * engine/src/test/phone/install.sh} fetched. The person's own adb server is never touched.
 */
final class RealPhone implements AutoCloseable {

    private static final Path SCRIPTS =
            Path.of(System.getProperty("basedir", ""))
                    .toAbsolutePath()
                    .resolve("../engine/src/test/phone")
                    .normalize();

    private final Path folder;
    private final int port;
    private final AdbSettings settings;
    private Process process;

    RealPhone() throws IOException {
        folder = Files.createTempDirectory("window-phone");
        Path home = Files.createDirectory(folder.resolve("home"));
        int serverPort = freePort();
        port = freePort();
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", home.toString());
        environment.put("ANDROID_ADB_SERVER_PORT", String.valueOf(serverPort));
        environment.put("ADB_USB", "0");
        environment.put("ADB_EMU", "0");
        settings =
                new AdbSettings(
                        Optional.of(installed().resolve("bin/adb")), serverPort, environment);
        switchOn();
    }

    /** Whether everything it needs is there. */
    static boolean isInstalled() {
        return Files.exists(installed().resolve(".installed"));
    }

    private static Path installed() {
        String own = System.getenv("POCKETLLM_FAKE_PHONE");
        String cache = System.getenv("XDG_CACHE_HOME");
        String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
        return own != null
                ? Path.of(own)
                : (cache != null ? Path.of(cache) : Path.of(home, ".cache"))
                        .resolve("pocketllm/fake-phone");
    }

    /** Where engines for phones are: as the engine's own tests built them, or as said. */
    static List<Path> bundles() {
        String named = System.getenv("POCKETLLM_ENGINE_BUNDLES");
        return List.of(
                named == null
                        ? SCRIPTS.resolve("../../../target/phones").normalize()
                        : Path.of(named));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    AdbSettings settings() {
        return settings;
    }

    String serial() {
        return "127.0.0.1:" + port;
    }

    /** A file of the phone, as this computer sees it. */
    Path file(String path) {
        return folder.resolve("phone").resolve(path.substring(1));
    }

    void switchOn() throws IOException {
        process =
                new ProcessBuilder(
                                SCRIPTS.resolve("phone.sh").toString(),
                                folder.resolve("phone").toString(),
                                String.valueOf(port),
                                SCRIPTS.resolve("oppo-reno6-5g").toString(),
                                "x86_64",
                                "0")
                        .redirectError(Redirect.INHERIT)
                        .start();
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
    }

    private void endServer() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), settings.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write("0009host:kill".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // There is none, or it ended without an answer.
        }
    }

    @Override
    public void close() throws IOException {
        endServer();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
