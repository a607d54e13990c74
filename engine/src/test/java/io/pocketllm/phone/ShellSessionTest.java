package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pocketllm.phone.PhoneException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShellSessionTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private FakeAdbServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeAdbServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private ShellResult run(Duration silence, Cancellation cancellation) throws PhoneException {
        return server.phone().run("true", silence, cancellation);
    }

    @Test
    void theExitCodeAndBothStreamsComeApart() throws PhoneException {
        server.on(
                "shell,v2,raw:true",
                wire ->
                        wire.okay()
                                .packet(1, "out ")
                                .packet(2, "bad")
                                .packet(1, "put\n")
                                .packet(3, new byte[] {(byte) 200}));

        assertThat(run(LONG, new Cancellation()))
                .isEqualTo(new ShellResult(200, "out put\n", "bad"));
    }

    @Test
    void anEndWithoutExitPacketIsALostLinkAndNotSuccess() {
        server.on("shell,v2,raw:true", wire -> wire.okay().packet(1, "half"));

        assertThatThrownBy(() -> run(LONG, new Cancellation()))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.LINK_LOST));
    }

    /** What the adb server says where the cable is pulled while it asks the phone. */
    @Test
    void aRequestThatIsClosedBeforeItBeginsIsALostLinkAndMayBeTriedAgain() {
        server.on("shell,v2,raw:true", wire -> wire.fail("closed"));

        assertThatThrownBy(() -> run(LONG, new Cancellation()))
                .isInstanceOfSatisfying(
                        PhoneException.class, e -> assertThat(e.mayPass()).isTrue());
    }

    @Test
    void aPhoneThatFallsSilentIsGivenUp() {
        server.on("shell,v2,raw:true", wire -> wire.okay().awaitHangUp());

        assertThatThrownBy(() -> run(Duration.ofMillis(100), new Cancellation()))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
    }

    @Test
    @Timeout(8)
    void itsOwnLimitHoldsWhileTheCommandIsOpenedToo() {
        // The server's own answers have ten seconds; the phone's have what the caller says.
        server.on("shell,v2,raw:true", FakeAdbServer.Wire::awaitHangUp);

        assertThatThrownBy(() -> run(Duration.ofMillis(100), new Cancellation()))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
    }

    @Test
    void aRefusalThatHangingUpCausedIsNotTakenForThePhones() {
        Cancellation cancellation = new Cancellation();
        Thread caller = Thread.currentThread();
        CountDownLatch hangingUp = new CountDownLatch(1);
        // Cancelling closes this first; the caller has read the refusal before its socket closes.
        cancellation.closeOnCancel(
                () -> {
                    hangingUp.countDown();
                    await().until(() -> caller.getState() == Thread.State.BLOCKED);
                });
        server.on(
                "shell,v2,raw:true",
                wire -> {
                    Thread.ofPlatform().start(cancellation::cancel);
                    try {
                        hangingUp.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    wire.fail("closed");
                });

        assertThatThrownBy(() -> run(LONG, cancellation))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CANCELLED));
    }

    @Test
    void aCommandCanBeCancelledWhileItRuns() {
        Cancellation cancellation = new Cancellation();
        server.on(
                "shell,v2,raw:true",
                wire -> {
                    wire.okay();
                    cancellation.cancel();
                    wire.awaitHangUp();
                });

        assertThatThrownBy(() -> run(LONG, cancellation))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CANCELLED));
    }

    @Test
    void standardInputArrivesInPacketsAndIsClosed() throws PhoneException {
        AtomicReference<String> received = new AtomicReference<>();
        server.on(
                "shell,v2,raw:cat",
                wire -> {
                    wire.okay();
                    byte[] head = wire.read(5);
                    String data = wire.text(head[1]);
                    byte[] close = wire.read(5);
                    received.set(head[0] + ":" + data + ":" + close[0]);
                    wire.packet(3, new byte[] {0});
                });
        try (ShellSession session =
                server.phone()
                        .shell("cat", LONG, new ByteArrayOutputStream(), new Cancellation())) {
            session.send("hello".getBytes(), 5);
            session.closeInput();
            assertThat(session.await()).isZero();
        }

        assertThat(received).hasValue("0:hello:4");
    }

    @Test
    void aPacketOfAnAbsurdLengthIsRefused() {
        server.on("shell,v2,raw:true", wire -> wire.okay().bytes(new byte[] {1, -1, -1, -1, -1}));

        assertThatThrownBy(() -> run(LONG, new Cancellation())).hasMessageContaining("4294967295");
    }

    @Test
    void aPhoneWithoutShellV2IsTooOld() {
        server.on("host-serial:", wire -> wire.okay().block("cmd"));

        assertThatThrownBy(() -> run(LONG, new Cancellation()))
                .isInstanceOfSatisfying(
                        PhoneException.class, e -> assertThat(e.hint()).contains("Android 7"));
    }
}
