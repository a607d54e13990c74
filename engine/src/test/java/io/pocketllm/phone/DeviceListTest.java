package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The lines are as adb 34.0.5 prints them, seen or taken from its source; serials are made up. */
class DeviceListTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        127.0.0.1:5601         device product:CPH2251 model:CPH2251 device:OP4F2F transport_id:1 | 127.0.0.1:5601 | DEVICE | CPH2251
        R58N12ABCDE            device usb:1-4.2 product:x model:SM_G991B device:o1s transport_id:3 | R58N12ABCDE | DEVICE | SM_G991B
        R58N12ABCDE            unauthorized usb:1-4 transport_id:3                                | R58N12ABCDE | UNAUTHORIZED | ''
        192.168.1.20:37123     offline product:CPH2251 model:CPH2251 device:OP4F2F transport_id:9 | 192.168.1.20:37123 | OFFLINE | CPH2251
        0123456789ABCDEF       authorizing usb:1-1 transport_id:4                                 | 0123456789ABCDEF | AUTHORIZING | ''
        0123456789ABCDEF       connecting usb:1-1 transport_id:4                                  | 0123456789ABCDEF | CONNECTING | ''
        0123456789ABCDEF       recovery usb:1-1 product:a model:b device:c transport_id:4         | 0123456789ABCDEF | RECOVERY | b
        0123456789ABCDEF       sideload usb:1-1 product:a model:b device:c transport_id:4         | 0123456789ABCDEF | SIDELOAD | b
        0123456789ABCDEF       bootloader usb:1-1 transport_id:4                                  | 0123456789ABCDEF | BOOTLOADER | ''
        0123456789ABCDEF       no permissions (user in plugdev group; are your udev rules wrong?); see [http://developer.android.com/tools/device.html] usb:1-1 transport_id:4 | 0123456789ABCDEF | NO_PERMISSIONS | ''
        adb-R5 (2)._adb-tls-connect._tcp device product:p model:m device:d transport_id:5         | adb-R5 (2)._adb-tls-connect._tcp | DEVICE | m
        emulator-5554          meditating transport_id:5                                          | emulator-5554 | UNKNOWN | ''
        """)
    void everyLineIsReadForWhatItSays(String line, String serial, PhoneState state, String model) {
        assertThat(DeviceList.parse(line + "\n"))
                .singleElement()
                .satisfies(
                        phone -> {
                            assertThat(phone.serial()).isEqualTo(serial);
                            assertThat(phone.state()).isEqualTo(state);
                            assertThat(phone.model()).isEqualTo(model);
                        });
    }

    @Test
    void severalPhonesAreSeveralLines() {
        String list =
                "B  device product:p model:two device:d transport_id:2\n"
                        + "A  unauthorized transport_id:1\n";

        assertThat(AdbServer.sorted(list))
                .extracting(ConnectedPhone::serial)
                .containsExactly("A", "B");
    }

    @Test
    void anUnknownStateIsShownAsItIs() {
        ConnectedPhone phone = DeviceList.parse("X  half asleep transport_id:5").getFirst();

        assertThat(phone.stateText()).isEqualTo("half asleep");
        assertThatThrownBy(phone::requireReady).hasMessageContaining("\"half asleep\"");
    }

    @Property
    void noTextBreaksTheParser(@ForAll String text) {
        for (ConnectedPhone phone : DeviceList.parse(text)) {
            assertThat(phone.serial()).isNotBlank();
            assertThat(phone.state()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(PhoneState.class)
    void everyStateButReadyIsRefusedWithWhatToDo(PhoneState state) {
        ConnectedPhone phone = new ConnectedPhone("S", state, state.word(), "", "", "", "");
        if (state == PhoneState.DEVICE) {
            org.assertj.core.api.Assertions.assertThatCode(phone::requireReady)
                    .doesNotThrowAnyException();
            return;
        }

        assertThatThrownBy(phone::requireReady)
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(PhoneException.Reason.NOT_READY);
                            assertThat(e.getMessage()).contains("S", state.explanation());
                            assertThat(e.hint()).isNotBlank();
                        });
    }

    @Test
    void statesAreExplainedEachInItsOwnWords() {
        assertThat(List.of(PhoneState.values()))
                .extracting(PhoneState::explanation)
                .doesNotHaveDuplicates();
    }
}
