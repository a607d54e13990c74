package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pocketllm.phone.PhoneException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdbServerTest {

    private FakeAdbServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeAdbServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void theVersionIsReadAsHexadecimal() throws PhoneException {
        server.on("host:version", wire -> wire.okay().block("0029"));

        assertThat(server.client().version()).isEqualTo(41);
    }

    @Test
    void noPhoneIsToldApartFromTheWrongOneAndFromSeveral() {
        server.on("host:devices-l", wire -> wire.okay().block(""));
        assertThat(refusal("")).contains("No phone is connected");
        assertThat(refusal("X")).contains("No phone is connected");

        server.on("host:devices-l", wire -> wire.okay().block("A device\nB device\n"));
        assertThat(refusal("")).contains("several", "A, B");
        assertThat(refusal("X")).contains("no phone \"X\"");
    }

    @Test
    void theOnlyReadyPhoneNeedsNoSerial() throws PhoneException {
        server.on("host:devices-l", wire -> wire.okay().block("A offline\nB device\n"));

        assertThat(server.client().phone("").serial()).isEqualTo("B");
    }

    @Test
    void aPhoneThatIsNotReadySaysWhatToDoOnIt() {
        server.on("host:devices-l", wire -> wire.okay().block("A unauthorized\n"));

        assertThat(refusal("A")).contains("has not allowed this computer", "tap \"Allow\"");
        assertThat(refusal("")).contains("has not allowed this computer", "tap \"Allow\"");
    }

    private String refusal(String serial) {
        try {
            return server.client().phone(serial).serial();
        } catch (PhoneException e) {
            return e.getMessage() + " " + e.hint();
        }
    }

    @Test
    void aWrongPairingCodeIsAFailAfterOkay() {
        server.on(
                "host:pair:123456:10.0.0.5:4000",
                wire -> wire.okay().fail("Failed: Wrong password or connection was dropped."));

        assertThatThrownBy(
                        () ->
                                server.client()
                                        .pair(
                                                PhoneAddress.parse("10.0.0.5:4000"),
                                                "123456",
                                                new Cancellation()))
                .hasMessageContaining("pairing code is wrong");
    }

    @Test
    void theRightPairingCodeIsConfirmed() throws PhoneException {
        server.on(
                "host:pair:",
                wire -> wire.okay().block("Successfully paired to 10.0.0.5:4000 [guid=x]"));

        assertThat(
                        server.client()
                                .pair(
                                        PhoneAddress.parse("10.0.0.5:4000"),
                                        "123456",
                                        new Cancellation()))
                .startsWith("Successfully paired");
    }

    @Test
    void anOkayToConnectCanStillBeAFailure() {
        server.on(
                "host:connect:",
                wire -> wire.okay().block("failed to connect to '10.0.0.5:1': Connection refused"));

        assertThatThrownBy(
                        () ->
                                server.client()
                                        .connect(
                                                PhoneAddress.parse("10.0.0.5:1"),
                                                new Cancellation()))
                .hasMessageContaining("Nothing listens");
    }

    @Test
    void aConnectThatTakesLongCanBeCancelled() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        server.on(
                "host:connect:",
                wire -> {
                    waiting.countDown();
                    wire.awaitHangUp();
                });
        Cancellation cancellation = new Cancellation();
        Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                waiting.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            cancellation.cancel();
                        });

        assertThatThrownBy(
                        () ->
                                server.client()
                                        .connect(PhoneAddress.parse("10.0.0.5:1"), cancellation))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CANCELLED));
    }

    @Test
    void theLiveListFollowsBlocksHoweverTheyAreCut() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        server.on(
                "host:track-devices-l",
                wire -> {
                    // Two blocks in one write, the second cut in its length and in its text.
                    wire.okay().text("000000");
                    waitFor(more);
                    wire.text("14A  dev").text("ice model:one\n");
                    wire.block("A  offline model:one\n");
                    wire.awaitHangUp();
                });
        List<List<ConnectedPhone>> lists = new CopyOnWriteArrayList<>();
        try (PhoneTracker tracker = server.client().track(p -> lists.add(p.phones()))) {
            await().until(() -> lists.size() == 1);
            more.countDown();
            await().until(() -> lists.size() == 3);
        }

        assertThat(lists.get(0)).isEmpty();
        assertThat(lists.get(1)).singleElement().extracting("state").isEqualTo(PhoneState.DEVICE);
        assertThat(lists.get(2)).singleElement().extracting("state").isEqualTo(PhoneState.OFFLINE);
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void theLiveListSaysThatItsServerIsGoneAndGoesOnWithTheNext() throws Exception {
        server.on("host:track-devices-l", wire -> wire.okay().block("A device\n"));
        List<PhoneTracker.Phones> news = new CopyOnWriteArrayList<>();
        try (PhoneTracker tracker = server.client().track(news::add)) {
            await().until(() -> news.size() >= 3);
        }

        assertThat(news.get(0).phones()).hasSize(1);
        assertThat(news.get(1).problem()).isNotNull();
        assertThat(news.get(2).phones()).hasSize(1);
    }

    @Test
    void withoutServerAndProgramItSaysWhatToInstall() throws IOException {
        AdbServer none = new AdbServer(new AdbSettings(Optional.empty(), freePort(), Map.of()));

        assertThatThrownBy(none::version)
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.NO_ADB);
                            assertThat(e.hint()).contains("POCKETLLM_ADB", "platform-tools");
                        });
    }

    @Test
    void aProgramThatIsNoAdbIsNamed() throws IOException {
        AdbServer wrong =
                new AdbServer(
                        new AdbSettings(
                                Optional.of(Path.of("/nowhere/adb")), freePort(), Map.of()));

        assertThatThrownBy(wrong::version)
                .hasMessageContaining("/nowhere/adb")
                .hasMessageContaining("cannot be started");
    }

    @Test
    void somethingElseOnThePortIsNotTakenForAdb() {
        server.on("host:version", wire -> wire.text("HTTP/1.1 400 Bad Request"));

        assertThatThrownBy(() -> server.client().version()).hasMessageContaining("no adb server");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
