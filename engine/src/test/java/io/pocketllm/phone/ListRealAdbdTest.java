package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pocketllm.phone.PhoneException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Phones that come, go, and want to be asked, as a real adb server tells it. */
@OnRealAdbd
@Timeout(120)
class ListRealAdbdTest {

    private static PhoneLab lab;

    @BeforeAll
    static void start() throws IOException {
        lab = new PhoneLab();
    }

    @AfterAll
    static void end() throws IOException {
        lab.close();
    }

    @Test
    void theServerIsStartedByTheProgramOfTheSettings() throws IOException {
        assertThat(lab.server.version()).isGreaterThanOrEqualTo(41);
    }

    @Test
    void twoPhonesComeAndGoInTheLiveListAndAreNeverMixedUp() throws IOException {
        PhoneLab.FakePhone oppo = lab.phone("oppo-reno6-5g", "x86_64", 0);
        PhoneLab.FakePhone redmi = lab.phone("redmi-12c", "x86_64", 0);
        List<PhoneTracker.Phones> news = new CopyOnWriteArrayList<>();
        try (PhoneTracker tracker = lab.server.track(news::add)) {
            Phone first = oppo.connected();
            Phone second = redmi.connected();

            assertThat(model(first)).isEqualTo("CPH2251");
            assertThat(model(second)).isEqualTo("22120RN86G");
            assertThatThrownBy(() -> lab.server.phone(""))
                    .hasMessageContaining("several")
                    .hasMessageContaining(oppo.serial());

            redmi.end();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(news.getLast().phones())
                                            .filteredOn(p -> p.serial().equals(redmi.serial()))
                                            .extracting(ConnectedPhone::state)
                                            .doesNotContain(PhoneState.DEVICE));
            assertThatThrownBy(() -> lab.server.phone(redmi.serial()))
                    .isInstanceOf(PhoneException.class);
        }
        assertThat(news)
                .anySatisfy(
                        n ->
                                assertThat(n.phones())
                                        .filteredOn(p -> p.state() == PhoneState.DEVICE)
                                        .extracting(ConnectedPhone::model)
                                        .contains("CPH2251", "22120RN86G"));
        lab.server.disconnect(PhoneAddress.parse(redmi.serial()));
        oppo.end();
        lab.server.disconnect(PhoneAddress.parse(oppo.serial()));
    }

    private static String model(Phone phone) throws PhoneException {
        return phone.run("getprop ro.product.model", Phone.SHORT, new Cancellation()).out().strip();
    }

    @Test
    void anUnauthorizedPhoneSaysSoUntilThePersonTaps() throws IOException {
        PhoneLab.FakePhone fake = lab.phone("oppo-reno6-5g", "x86_64", 0);
        try (Gate gate = new Gate(fake.port, Gate.Mode.HOLD)) {
            PhoneAddress address = PhoneAddress.parse(gate.serial());
            assertThatThrownBy(() -> lab.server.connect(address, new Cancellation()))
                    .isInstanceOfSatisfying(
                            PhoneException.class,
                            e -> assertThat(e.hint()).contains("tap \"Allow\""));
            lab.awaitState(gate.serial(), PhoneState.UNAUTHORIZED);
            Phone phone = new Phone(lab.server, gate.serial());
            assertThatThrownBy(() -> model(phone))
                    .isInstanceOfSatisfying(
                            PhoneException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.NOT_READY));

            gate.become(Gate.Mode.OPEN);

            assertThat(model(lab.awaitReady(gate.serial()))).isEqualTo("CPH2251");
            lab.server.disconnect(address);
        }
        fake.end();
    }

    @Test
    void aPhoneOutOfReachIsGivenUpAndAnswersAgainWhenItIsBack() throws IOException {
        PhoneLab.FakePhone fake = lab.phone("oppo-reno6-5g", "x86_64", 0);
        try (Gate gate = new Gate(fake.port, Gate.Mode.OPEN)) {
            Phone phone = lab.connect(gate.serial());
            assertThat(model(phone)).isEqualTo("CPH2251");
            gate.stall(true);
            assertThatThrownBy(
                            () ->
                                    phone.run(
                                            "getprop ro.product.model",
                                            Duration.ofMillis(200),
                                            new Cancellation()))
                    .isInstanceOfSatisfying(
                            PhoneException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
            gate.stall(false);
            assertThat(model(phone)).isEqualTo("CPH2251");
            lab.server.disconnect(PhoneAddress.parse(gate.serial()));
        }
        fake.end();
    }

    @Test
    void anAddressWhereNothingListensIsSaid() throws IOException {
        PhoneAddress nobody = new PhoneAddress("127.0.0.1", PhoneLab.freePort());

        assertThatThrownBy(() -> lab.server.connect(nobody, new Cancellation()))
                .hasMessageContaining("Nothing listens");
        assertThatThrownBy(() -> lab.server.pair(nobody, "123456", new Cancellation()))
                .isInstanceOfSatisfying(
                        PhoneException.class, e -> assertThat(e.hint()).contains("pairing window"));
    }

    /**
     * What a wrong code looks like from here: the phone ends the connection while the two prove to
     * each other that they know it. The server cannot tell the two apart, and says so.
     */
    @Test
    void aPairingThatThePhoneBreaksOffIsToldAsAWrongCode() throws Exception {
        try (ServerSocket phone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> began =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try (Socket peer = phone.accept()) {
                                    return peer.getInputStream().read();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            PhoneAddress address = new PhoneAddress("127.0.0.1", phone.getLocalPort());
            assertThatThrownBy(() -> lab.server.pair(address, "123456", new Cancellation()))
                    .hasMessageContaining("pairing code is wrong")
                    .isInstanceOfSatisfying(
                            PhoneException.class, e -> assertThat(e.hint()).contains("used once"));
            assertThat(began.get()).as("the server began to pair").isNotNegative();
        }
    }

    @Test
    void aPairingThatIsNotAnsweredCanBeCancelled() throws Exception {
        try (ServerSocket phone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PhoneAddress address = new PhoneAddress("127.0.0.1", phone.getLocalPort());
            Cancellation cancellation = new Cancellation();
            CompletableFuture<Void> began =
                    CompletableFuture.runAsync(
                            () -> {
                                try (Socket peer = phone.accept()) {
                                    peer.getInputStream().read();
                                    cancellation.cancel();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            assertThatThrownBy(() -> lab.server.pair(address, "123456", cancellation))
                    .isInstanceOfSatisfying(
                            PhoneException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.CANCELLED));
            began.get();
        }
    }

    @Test
    void exitCodeAndErrorStreamComeApart() throws IOException {
        PhoneLab.FakePhone fake = lab.phone("redmi-12c", "x86_64", 0);
        ShellResult result =
                fake.connected()
                        .run("echo out; echo err >&2; exit 42", Phone.SHORT, new Cancellation());

        assertThat(result).isEqualTo(new ShellResult(42, "out\n", "err\n"));
        fake.end();
        lab.server.disconnect(PhoneAddress.parse(fake.serial()));
    }
}
