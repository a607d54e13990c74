package io.pocketllm.app.phones;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakePhones;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.PhoneState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of phones, and what they tell, without a window and without phones. */
class PhonesViewModelTest extends PhonesTest {

    @Test
    void adb_is_left_alone_until_the_place_is_opened_and_then_listened_to_once() {
        assertThat(engine.asked()).isEmpty();
        phones.open();
        phones.open();
        assertThat(engine.asked()).containsExactly("use ", "track");
        phones.close();
        assertThat(engine.asked()).endsWith("untrack");
    }

    @ParameterizedTest
    @CsvSource({
        "DEVICE, device, GOOD, ready, ''",
        "UNAUTHORIZED, unauthorized, NOTE, has not allowed this computer yet, tap \"Allow\"",
        "AUTHORIZING, authorizing, NOTE, is comparing keys, unlock the phone",
        "CONNECTING, connecting, NOTE, is being connected, Wait a moment",
        "OFFLINE, offline, ALARM, does not answer, plug the cable in again",
        "NO_PERMISSIONS, no permissions, ALARM, may not be opened, udev rules",
        "RECOVERY, recovery, ALARM, recovery mode, Reboot system now",
        "SIDELOAD, sideload, ALARM, waits for an update, Reboot system now",
        "BOOTLOADER, bootloader, ALARM, is in its boot loader, Start",
        "RESCUE, rescue, ALARM, is in rescue mode, Reboot system now",
        "HOST, host, ALARM, is a computer, Connect a phone",
        "DETACHED, detached, ALARM, is held by another program, Close the other program",
        "UNKNOWN, quantum, ALARM, \"quantum\", plug the phone in again"
    })
    void every_state_is_told_apart_with_what_to_do(
            PhoneState state, String text, PhoneViewModel.Tone tone, String words, String toDo) {
        engine.list(FakePhones.phone("1a2b", state, text, ""));
        phones.open();
        assertThat(only().tone()).isEqualTo(tone);
        assertThat(only().stateWords()).contains(words);
        assertThat(only().toDo()).contains(toDo);
        assertThat(only().hold().isEmpty()).isEqualTo(state == PhoneState.DEVICE);
        boolean read = engine.asked().contains("read 1a2b");
        assertThat(read).isEqualTo(state == PhoneState.DEVICE);
    }

    @Test
    void a_phone_that_becomes_ready_is_read_once_and_gets_its_marketing_name() {
        engine.list(FakePhones.phone("1a2b", PhoneState.UNAUTHORIZED, "unauthorized", ""));
        phones.open();
        assertThat(only().nameProperty().get()).isEqualTo("Phone 1a2b");
        engine.tells("1a2b", FakePhones.reading("CPH2247"));
        engine.list(FakePhones.ready("1a2b", "CPH2247"));
        engine.list(FakePhones.ready("1a2b", "CPH2247"));
        assertThat(engine.asked()).containsOnlyOnce("read 1a2b");
        assertThat(only().nameProperty().get()).contains("Reno6 Pro");
        engine.list(FakePhones.phone("1a2b", PhoneState.OFFLINE, "offline", ""));
        assertThat(only().nameProperty().get()).contains("Reno6 Pro");
        only().reading().read();
        assertThat(engine.asked().stream().filter("read 1a2b"::equals)).hasSize(2);
    }

    @Test
    void what_a_phone_denies_says_why_and_it_gets_no_profile() {
        engine.tells("1a2b3c4d", FakePhones.hiding());
        PhoneViewModel phone = openWithOne();
        List<ReadingRow> rows = ReadingRow.of(phone.reading().readingProperty().get());
        assertThat(rows)
                .filteredOn(row -> !row.told())
                .extracting(ReadingRow::text)
                .contains(
                        "not told: /proc/meminfo tells no MemTotal",
                        "not told: /proc/cpuinfo may not be read");
        phone.reading().saveProfile();
        assertThat(phone.reading().profileToldProperty().get())
                .startsWith("No profile: The phone does not tell how much memory it has")
                .contains("Copy the profile of a similar phone");
        assertThat(phone.reading().profileIdProperty().get()).isEmpty();
    }

    @Test
    void what_was_read_becomes_a_profile_of_the_persons_own() throws IOException {
        PhoneViewModel phone = openWithOne();
        assertThat(ReadingRow.of(phone.reading().readingProperty().get()))
                .extracting(ReadingRow::text)
                .contains(
                        "2 × Cortex-A78, 2.4 GHz\n6 × Cortex-A55, 2.0 GHz",
                        "71 %, 31.5 °C, plugged in");
        phone.reading().saveProfile();
        assertThat(phone.reading().profileIdProperty().get()).isEqualTo("phone-cph2251");
        Path file = home.resolve("devices/phone-cph2251.json");
        assertThat(file).exists();
        assertThat(profilesChanged).isEqualTo(1);

        Files.writeString(file, Files.readString(file).replace("read over adb", "by hand"));
        String changed = Files.readString(file);
        dialogs.agrees = false;
        phone.reading().saveProfile();
        assertThat(dialogs.asked).containsExactly("Replace the profile phone-cph2251?");
        assertThat(Files.readString(file)).isEqualTo(changed);
        dialogs.agrees = true;
        phone.reading().saveProfile();
        assertThat(Files.readString(file)).isNotEqualTo(changed);
    }

    @Test
    void reading_can_be_cancelled_and_a_lost_link_is_taken_up_by_itself() {
        engine.whileReading =
                (progress, cancellation) -> phones.phones().getFirst().reading().cancel();
        engine.refuses("1a2b3c4d", lost());
        PhoneViewModel phone = openWithOne();
        assertThat(phone.reading().troubleProperty().get())
                .isEqualTo(new Trouble("The link was lost.", "Plug it in again."));
        engine.refuses("1a2b3c4d", null);
        engine.list(FakePhones.phone("1a2b3c4d", PhoneState.OFFLINE, "offline", "CPH2251"));
        engine.list(FakePhones.ready("1a2b3c4d", "CPH2251"));
        assertThat(phone.reading().troubleProperty().get()).isEqualTo(Trouble.NONE);
        assertThat(phone.reading().readingProperty().get()).isNotNull();
    }

    @Test
    void a_phone_without_a_run_leaves_the_list_with_its_cable() {
        openWithOne();
        engine.list();
        assertThat(phones.phones()).isEmpty();
        assertThat(phones.selectedProperty().get()).isNull();
    }

    @Test
    void a_phone_that_is_there_is_looked_at_before_one_that_is_away() {
        engine.left = List.of(new PhoneEngine.Left(home.resolve("run"), "away", "nurse"));
        engine.list(FakePhones.ready("1a2b3c4d", "CPH2251"));
        phones.open();
        assertThat(phones.phones())
                .extracting(PhoneViewModel::serial)
                .containsExactly("1a2b3c4d", "away");
        assertThat(phones.selectedProperty().get().serial()).isEqualTo("1a2b3c4d");
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.20:37123, 192.168.1.20:40001, true",
        "192.168.1.20:37123, 192.168.1.21:37123, false",
        "127.0.0.1:5601, 127.0.0.1:5603, false",
        "1a2b3c4d, 99887766, false"
    })
    void a_run_left_over_wifi_is_found_again_at_another_port(
            String then, String now, boolean same) {
        engine.left = List.of(new PhoneEngine.Left(home.resolve("run"), then, "nurse"));
        engine.list(FakePhones.ready(now, "CPH2251"));
        phones.open();
        assertThat(phones.phones()).hasSize(same ? 1 : 2);
        PhoneViewModel holder =
                phones.phones().stream()
                        .filter(p -> !p.run().left().isEmpty())
                        .findFirst()
                        .orElseThrow();
        assertThat(holder.isReady()).isEqualTo(same);
        if (same) {
            holder.fetch();
            assertThat(engine.asked()).contains("follow run " + now);
        }
    }

    @Test
    void without_adb_it_says_what_to_install_and_another_program_can_be_chosen()
            throws IOException {
        engine.fail(
                new PhoneException(
                        PhoneException.Reason.NO_ADB,
                        "There is no adb program on this computer.",
                        "Install it."));
        phones.open();
        assertThat(phones.isWithoutAdb()).isTrue();
        assertThat(phones.troubleProperty().get().message()).contains("no adb program");
        dialogs.file = Files.writeString(home.resolve("readme.txt"), "no program");
        phones.chooseAdb();
        assertThat(phones.troubleProperty().get().text()).contains("readme.txt is no program");
        assertThat(adb.get()).isEmpty();
        Path program = Files.writeString(home.resolve("adb"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        dialogs.file = program;
        engine.list(FakePhones.ready("1a2b", "A"));
        phones.chooseAdb();
        assertThat(adb.get()).isEqualTo(program.toString());
        assertThat(engine.asked()).contains("use " + program);
        assertThat(phones.troubleProperty().get()).isEqualTo(Trouble.NONE);
        assertThat(phones.phones()).hasSize(1);
    }
}
