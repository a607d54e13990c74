package io.pocketllm.app.phones;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakePhones;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.phone.PhoneException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting and pairing. */
class LinkViewModelTest {

    private static final String ADDRESS = "192.168.1.20:37123";

    private final FakePhones engine = new FakePhones();
    private final LinkViewModel link = new LinkViewModel(engine, new InlineTasks());

    @ParameterizedTest
    @ValueSource(strings = {"", "192.168.1.20", "host:0", "host:99999", "a b:1", "-x:5555"})
    void an_address_that_is_none_is_said_under_its_field(String text) {
        link.open(LinkViewModel.Kind.CONNECT);
        link.addressProperty().set(text);
        link.submit();
        assertThat(link.addressErrorProperty().get()).startsWith("Write HOST:PORT");
        assertThat(engine.asked()).isEmpty();
        link.addressProperty().set(ADDRESS);
        assertThat(link.addressErrorProperty().get()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "1234567", "12345x", "１２３４５６"})
    void a_code_that_is_none_is_said_under_its_field(String text) {
        link.open(LinkViewModel.Kind.PAIR);
        link.addressProperty().set(ADDRESS);
        link.codeProperty().set(text);
        link.submit();
        assertThat(link.codeErrorProperty().get()).contains("six digits");
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void after_pairing_the_port_of_the_connection_is_asked_for() {
        link.open(LinkViewModel.Kind.PAIR);
        link.addressProperty().set(" 192.168.1.20:40001 ");
        link.codeProperty().set(" 123456 ");
        link.submit();
        assertThat(engine.asked()).containsExactly("pair 123456 192.168.1.20:40001");
        assertThat(link.kindProperty().get()).isEqualTo(LinkViewModel.Kind.CONNECT);
        assertThat(link.addressProperty().get()).isEqualTo("192.168.1.20:");
        assertThat(link.toldProperty().get()).contains("Paired.").contains("IP address & Port");
        link.addressProperty().set(ADDRESS);
        link.submit();
        assertThat(engine.asked()).endsWith("connect " + ADDRESS);
        assertThat(link.toldProperty().get()).startsWith("Connected to " + ADDRESS);
    }

    @Test
    void a_wrong_code_says_what_to_do_and_the_pane_stays() {
        engine.refuses(
                ADDRESS,
                new PhoneException(
                        PhoneException.Reason.REFUSED,
                        "The pairing code is wrong.",
                        "Open the pairing window again."));
        link.open(LinkViewModel.Kind.PAIR);
        link.addressProperty().set(ADDRESS);
        link.codeProperty().set("000000");
        link.submit();
        assertThat(link.troubleProperty().get().text())
                .isEqualTo("The pairing code is wrong. Open the pairing window again.");
        assertThat(link.kindProperty().get()).isEqualTo(LinkViewModel.Kind.PAIR);
        assertThat(link.busyProperty().get()).isFalse();
    }

    @Test
    void waiting_can_be_cancelled_and_then_the_pane_closed() {
        engine.during =
                (progress, cancellation) -> {
                    assertThat(link.busyProperty().get()).isTrue();
                    assertThat(link.toldProperty().get()).startsWith("Connecting to " + ADDRESS);
                    link.cancel();
                };
        link.open(LinkViewModel.Kind.CONNECT);
        link.addressProperty().set(ADDRESS);
        link.submit();
        assertThat(link.toldProperty().get()).isEqualTo("Cancelled.");
        assertThat(link.kindProperty().get()).isEqualTo(LinkViewModel.Kind.CONNECT);
        link.cancel();
        assertThat(link.kindProperty().get()).isEqualTo(LinkViewModel.Kind.NONE);
    }
}
