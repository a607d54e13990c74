package io.pocketllm.app.phones;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakePhones;
import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.phone.TransferProgress;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import java.nio.file.Path;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Phones over a made-up adb, in a window that is none. */
abstract class PhonesTest {

    @TempDir Path home;

    final FakePhones engine = new FakePhones();
    final InlineTasks tasks = new InlineTasks();
    final NoDialogs dialogs = new NoDialogs();
    final SimpleObjectProperty<RunFile> setUp = new SimpleObjectProperty<>(Sample.file());
    final SimpleStringProperty hold = new SimpleStringProperty("");
    final PhoneSurroundings.KeptText adb = PhoneSurroundings.KeptText.untilClosed();
    int profilesChanged;
    PhonesViewModel phones;

    @BeforeEach
    void make() {
        phones =
                new PhonesViewModel(
                        new PhoneSurroundings(
                                engine,
                                tasks,
                                dialogs,
                                new OwnProfiles(
                                        DeviceCatalogue.userProfiles(home.resolve("devices")),
                                        () -> profilesChanged++),
                                DeviceCatalogue.builtin(),
                                setUp,
                                hold,
                                adb));
    }

    PhoneViewModel only() {
        assertThat(phones.phones()).hasSize(1);
        return phones.phones().getFirst();
    }

    PhoneViewModel openWithOne() {
        engine.list(FakePhones.ready("1a2b3c4d", "CPH2251"));
        phones.open();
        return only();
    }

    static PhoneException lost() {
        return new PhoneException(
                PhoneException.Reason.LINK_LOST, "The link was lost.", "Plug it in again.");
    }

    static TransferProgress.Part part(TransferKind kind, long total, long done, long kept) {
        return new TransferProgress.Part(kind, total, done, kept);
    }

    void play(String serial, Event... events) {
        for (Event event : events) {
            engine.run(serial).say(event);
        }
        tasks.tick();
    }
}
