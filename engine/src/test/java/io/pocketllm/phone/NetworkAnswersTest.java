package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of adb 34.0.5. */
class NetworkAnswersTest {

    private final PhoneAddress address = new PhoneAddress("10.0.0.5", 37123);

    @ParameterizedTest
    @ValueSource(strings = {"connected to 10.0.0.5:37123", "already connected to 10.0.0.5:37123"})
    void bothWaysOfBeingConnectedAreFine(String text) throws PhoneException {
        assertThat(NetworkAnswers.connected(address, text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        failed to authenticate to 10.0.0.5:37123                       | NOT_READY | tap "Allow"
        failed to connect to '10.0.0.5:37123': Connection refused      | REFUSED   | wireless debugging
        failed to connect to 10.0.0.5:37123                            | REFUSED   | same Wi-Fi
        failed to connect to '10.0.0.5:37123': Operation timed out     | REFUSED   | same Wi-Fi
        failed to resolve host: 'nohost': Name or service not known    | REFUSED   | address that the phone shows
        something new                                                  | REFUSED   | address
        """)
    void aFailedConnectSaysWhatToDo(String text, PhoneException.Reason reason, String hint) {
        assertThatThrownBy(() -> NetworkAnswers.connected(address, text))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(reason);
                            assertThat(e.hint()).contains(hint);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        Failed: Wrong password or connection was dropped. | used once
        Failed: Unable to start pairing client.           | port of the pairing window
        unknown host service                              | platform-tools 30
        something new                                     | pairing window
        """)
    void aFailedPairingSaysWhatToDo(String text, String hint) {
        assertThatThrownBy(() -> NetworkAnswers.paired(address, text))
                .isInstanceOfSatisfying(
                        PhoneException.class, e -> assertThat(e.hint()).contains(hint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "1234567", "12 456", "12345:", "abcdef", "123456:1:2"})
    void onlySixDigitsAreAPairingCode(String code) {
        assertThatThrownBy(() -> NetworkAnswers.pairingCode(code))
                .isInstanceOf(PhoneException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5:37123", "phone.local:1", "[fe80::1%eth0]:65535"})
    void anAddressIsHostAndPort(String text) throws PhoneException {
        assertThat(PhoneAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "phone", "phone:", ":5555", "a:0", "a:65536", "a b:1", "a:1:2", "$(x):1"
            })
    void anythingElseIsNoAddress(String text) {
        assertThatThrownBy(() -> PhoneAddress.parse(text))
                .isInstanceOfSatisfying(
                        PhoneException.class, e -> assertThat(e.hint()).contains("HOST:PORT"));
    }

    @Test
    void theCodeIsTakenWithoutTheSpacesAroundIt() throws PhoneException {
        assertThat(NetworkAnswers.pairingCode(" 123456 ")).isEqualTo("123456");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        device unauthorized. This adb server's $ADB_VENDOR_KEYS is not set | NOT_READY | tap "Allow"
        device offline                 | NOT_READY | unlock
        device still authorizing       | NOT_READY | moment
        device still connecting        | NOT_READY | moment
        device 'P1' not found          | NO_PHONE  | phones list
        no devices/emulators found     | NO_PHONE  | phones list
        insufficient permissions for device: udev rules | NOT_READY | udev
        closed                         | LINK_LOST | once more
        never heard of                 | REFUSED   | once more
        """)
    void aRefusalOfThePhoneSaysWhatToDo(String text, PhoneException.Reason reason, String hint) {
        PhoneException e = new AdbFailure(text).on("P1");

        assertThat(e.reason()).isEqualTo(reason);
        assertThat(e.hint()).contains(hint);
        assertThat(e).hasMessageContaining("P1");
    }
}
