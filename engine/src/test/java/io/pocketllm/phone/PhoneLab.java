package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real adb server and real adbds behind it, without a phone: what {@code
 * engine/src/test/phone/install.sh} fetched. Server, keys and phones are its own; the person's adb
 * server is never touched. Everything ends with {@link #close}.
 */
final class PhoneLab implements AutoCloseable {

    private static final Path SCRIPTS = Path.of("src/test/phone").toAbsolutePath();
    private static final Path INSTALLED = installed();
    private static final String MODEL = "ro.product.model=";

    /** Tests run where the lab was installed; else they are skipped, aloud. */
    static final class IsInstalled implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Files.exists(INSTALLED.resolve(".installed"))) {
                return ConditionEvaluationResult.enabled("real adb and adbd are installed");
            }
            String why =
                    "NOT TESTED AGAINST A REAL ADBD: run engine/src/test/phone/install.sh first ("
                            + INSTALLED
                            + " is empty)";
            if (System.getenv("POCKETLLM_REQUIRE_PHONES") != null) {
                throw new IllegalStateException(why);
            }
            System.err.println("SKIPPED " + context.getDisplayName() + ": " + why);
            return ConditionEvaluationResult.disabled(why);
        }
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

    private final Path folder;
    private final AdbSettings settings;
    private final List<Process> phones = new ArrayList<>();
    final AdbServer server;

    PhoneLab() throws IOException {
        folder = Files.createTempDirectory("phones");
        Path home = Files.createDirectory(folder.resolve("home"));
        int port = freePort();
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", home.toString());
        environment.put("ANDROID_ADB_SERVER_PORT", String.valueOf(port));
        environment.put("ADB_USB", "0");
        environment.put("ADB_EMU", "0");
        settings = new AdbSettings(Optional.of(INSTALLED.resolve("bin/adb")), port, environment);
        server = new AdbServer(settings);
    }

    /** One adbd, listening. */
    final class FakePhone {
        final int port;
        final Path root;
        final Process process;

        private FakePhone(int port, Path root, Process process) {
            this.port = port;
            this.root = root;
            this.process = process;
        }

        String serial() {
            return "127.0.0.1:" + port;
        }

        /** A file of the phone, as this computer sees it. */
        Path file(String path) {
            return root.resolve(path.substring(1));
        }

        /** The phone is switched off. */
        void end() {
            PhoneLab.end(process);
        }

        /** Connects the adb server to it and waits until it is ready. */
        Phone connected() throws IOException {
            return connect(serial());
        }
    }

    /**
     * Starts a phone.
     *
     * @param description a folder of {@code src/test/phone}
     * @param storageMegabytes how much its storage holds; 0 for as much as this computer has
     */
    FakePhone phone(String description, String abi, int storageMegabytes) throws IOException {
        return phone(
                freePort(),
                folder.resolve("phone" + phones.size()),
                description,
                abi,
                storageMegabytes);
    }

    /**
     * Starts a phone like another one that calls itself something else.
     *
     * @param model its {@code ro.product.model}, one line
     */
    FakePhone phoneNamed(String model, String description, String abi) throws IOException {
        Path from = SCRIPTS.resolve(description);
        Path copy = folder.resolve("description" + phones.size());
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(from.relativize(file)));
            }
        }
        Path properties = copy.resolve("properties");
        Files.write(
                properties,
                Files.readAllLines(properties).stream()
                        .map(l -> l.startsWith(MODEL) ? MODEL + model : l)
                        .toList());
        return phone(freePort(), folder.resolve("phone" + phones.size()), copy.toString(), abi, 0);
    }

    /** Starts a phone again that was ended, with what it had stored. */
    FakePhone again(FakePhone phone, String description, String abi) throws IOException {
        return phone(phone.port, phone.root, description, abi, 0);
    }

    private FakePhone phone(int port, Path root, String description, String abi, int storage)
            throws IOException {
        Process process =
                new ProcessBuilder(
                                SCRIPTS.resolve("phone.sh").toString(),
                                root.toString(),
                                String.valueOf(port),
                                SCRIPTS.resolve(description).toString(),
                                abi,
                                String.valueOf(storage))
                        .redirectError(Redirect.INHERIT)
                        .start();
        phones.add(process);
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        return new FakePhone(port, root, process);
    }

    /** Connects and waits until the server calls it ready. */
    Phone connect(String serial) throws IOException {
        server.connect(PhoneAddress.parse(serial), new Cancellation());
        return awaitReady(serial);
    }

    Phone awaitReady(String serial) throws PhoneException {
        awaitState(serial, PhoneState.DEVICE);
        return new Phone(server, serial);
    }

    void awaitState(String serial, PhoneState state) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(server.phones())
                                        .filteredOn(p -> p.serial().equals(serial))
                                        .extracting(ConnectedPhone::state)
                                        .containsExactly(state));
    }

    /** Ends the server of this lab; the next request starts another. */
    void killServer() throws IOException {
        try (AdbConnection connection =
                server.ask("host:kill", Duration.ofSeconds(5), new Cancellation(), false)) {
            connection.read();
        } catch (AdbFailure | PhoneException e) {
            // It ends without an answer, or there is none.
        }
        // It answers first and ends then; until it has, it goes on passing bytes to the phone.
        await().atMost(Duration.ofSeconds(10)).until(() -> !listens(settings.port()));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        // The adb server looks for emulators at odd ports up to 5585 only.
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        killServer();
        phones.forEach(PhoneLab::end);
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
