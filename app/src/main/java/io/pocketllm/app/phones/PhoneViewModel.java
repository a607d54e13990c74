package io.pocketllm.app.phones;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.train.RunState;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.phone.ConnectedPhone;
import io.pocketllm.phone.PhoneReading;
import io.pocketllm.phone.PhoneState;
import io.pocketllm.phone.TransferKind;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** One phone, with all that is told and done about it. Nothing of it waits for another phone. */
public final class PhoneViewModel {

    /** How a phone's state is to be taken; the words say it too, colour is never alone. */
    public enum Tone {
        /** It can be used. */
        GOOD,
        /** It will be usable soon, or once a person does something on it. */
        NOTE,
        /** Something is wrong. */
        ALARM,
        /** It is not connected. */
        AWAY
    }

    private final String serial;
    private final List<DeviceProfile> known;
    private final Dialogs dialogs;
    private final ReadingViewModel reading;
    private final TransferViewModel transfer;
    private final PhoneRunViewModel run;
    private final ToSendViewModel toSend;
    private final ReadOnlyObjectWrapper<ConnectedPhone> connected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper name = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper link = new ReadOnlyStringWrapper("");
    private final ReadOnlyLongWrapper engineBytes = new ReadOnlyLongWrapper();
    private final ReadOnlyObjectWrapper<Trouble> engineTrouble =
            new ReadOnlyObjectWrapper<>(Trouble.NONE);

    PhoneViewModel(
            String serial, PhoneSurroundings around, ToSendViewModel toSend, Runnable leftChanged) {
        this.serial = serial;
        this.known = around.known();
        this.dialogs = around.dialogs();
        this.toSend = toSend;
        reading = new ReadingViewModel(serial, around);
        transfer = new TransferViewModel(serial, around);
        run = new PhoneRunViewModel(serial, around, leftChanged);
        name.set("Phone " + serial);
        reading.readingProperty().addListener((p, before, now) -> wasRead(now, around));
        run.reachable(false);
    }

    private void wasRead(PhoneReading told, PhoneSurroundings around) {
        name.set(PhoneNaming.of(told, known, name.get()));
        around.tasks()
                .run(
                        () -> around.engine().engineBytes(told.abi()),
                        bytes -> {
                            engineTrouble.set(Trouble.NONE);
                            engineBytes.set(bytes);
                        },
                        problem -> {
                            engineTrouble.set(Trouble.of(problem));
                            engineBytes.set(0);
                        });
    }

    /** What adb says of it now; null where it is no longer in its list. */
    void update(ConnectedPhone now) {
        if (now != null) {
            if (reading.readingProperty().get() == null) {
                name.set(PhoneNaming.of(now, known, name.get()));
            }
            link.set(PhoneNaming.link(now));
        }
        connected.set(now);
        run.reachable(isReady());
    }

    /** Somebody looks at it: a phone that is ready is read once. */
    void lookedAt() {
        if (isReady()) {
            reading.readOnce();
        }
    }

    /** Whether it stays in the list though it is not connected. */
    boolean staysWhenAway() {
        return transfer.busyProperty().get()
                || run.stateProperty().get() != RunState.READY
                || !run.left().isEmpty();
    }

    /** Whether it can be used. */
    public boolean isReady() {
        return connected.get() != null && connected.get().state() == PhoneState.DEVICE;
    }

    /** How its state is to be taken. */
    public Tone tone() {
        if (connected.get() == null) {
            return Tone.AWAY;
        }
        return switch (connected.get().state()) {
            case DEVICE -> Tone.GOOD;
            case UNAUTHORIZED, AUTHORIZING, CONNECTING -> Tone.NOTE;
            case OFFLINE,
                    NO_PERMISSIONS,
                    RECOVERY,
                    SIDELOAD,
                    BOOTLOADER,
                    RESCUE,
                    HOST,
                    DETACHED,
                    UNKNOWN ->
                    Tone.ALARM;
        };
    }

    /** Its state, to follow its name: "has not allowed this computer yet". */
    public String stateWords() {
        ConnectedPhone now = connected.get();
        if (now == null) {
            return "is not connected";
        }
        return switch (now.state()) {
            case UNKNOWN -> now.state().explanation() + ": \"" + now.stateText() + "\"";
            default -> now.state().explanation();
        };
    }

    /** What to do on the phone; empty where nothing is to be done. */
    public String toDo() {
        return connected.get() == null
                ? "Plug it in again, or connect it over Wi-Fi."
                : connected.get().state().hint();
    }

    /** Why nothing can be sent or started now; empty where it can. */
    public String hold() {
        ToSendViewModel.SetUp setUp = toSend.setUpProperty().get();
        if (!isReady()) {
            return "The phone " + stateWords() + ".";
        }
        if (transfer.busyProperty().get()) {
            return "Something goes on already.";
        }
        return setUp.file() == null ? "Nothing is set up in Train yet." : setUp.trouble().text();
    }

    /** Why no run can be started there now; empty where it can. */
    public String holdRun() {
        return run.stateProperty().get().isActive()
                ? "A run goes on there already; stop it first."
                : hold().isEmpty() ? engineTrouble.get().text() : hold();
    }

    /** Sends what is set up. */
    public void send() {
        if (hold().isEmpty()) {
            transfer.send(toSend.file(), sizes());
        }
    }

    /** Starts what is set up. */
    public void runThere() {
        if (holdRun().isEmpty()) {
            transfer.start(toSend.file(), sizes(), run);
        }
    }

    /** Bytes of each kind that the run takes with it, as far as they are known. */
    public Map<TransferKind, Long> sizes() {
        Map<TransferKind, Long> sizes = new EnumMap<>(TransferKind.class);
        sizes.putAll(toSend.setUpProperty().get().sizes());
        if (engineBytes.get() > 0) {
            sizes.put(TransferKind.ENGINE, engineBytes.get());
        }
        return sizes;
    }

    /** Sends what a finished run has learned. */
    public void sendLearned(Path folder) {
        if (isReady() && !transfer.busyProperty().get()) {
            transfer.sendLearned(folder);
        }
    }

    /** Removes what was sent, where the person agrees. */
    public void clean() {
        if (isReady()
                && !transfer.busyProperty().get()
                && dialogs.confirm(
                        "Remove what was sent to " + name.get() + "?",
                        "Engine, models, data and runs of the workbench are removed from the phone,"
                                + " and nothing else. Results that were not fetched yet are lost.",
                        "Remove",
                        "Keep")) {
            transfer.clean();
        }
    }

    /** Takes up the newest run that was left there: follows it, or fetches what it left. */
    public void fetch() {
        if (!run.left().isEmpty()) {
            run.follow(run.left().getFirst());
        }
    }

    /** Ends what the window does; runs go on on the phone. */
    void close() {
        reading.cancel();
        transfer.cancel();
        run.detach();
    }

    /** What adb calls it. */
    public String serial() {
        return serial;
    }

    /** Its name for people. */
    public ReadOnlyStringProperty nameProperty() {
        return name.getReadOnlyProperty();
    }

    /** Over what it is connected, or was last: USB, Wi-Fi. */
    public ReadOnlyStringProperty linkProperty() {
        return link.getReadOnlyProperty();
    }

    /** What adb says of it; null where it is not connected. */
    public ReadOnlyObjectProperty<ConnectedPhone> connectedProperty() {
        return connected.getReadOnlyProperty();
    }

    /** What it tells about itself. */
    public ReadingViewModel reading() {
        return reading;
    }

    /** Bytes of the engine for it; 0 before they are known. */
    public ReadOnlyLongProperty engineBytesProperty() {
        return engineBytes.getReadOnlyProperty();
    }

    /** Why the engine cannot run on it. */
    public ReadOnlyObjectProperty<Trouble> engineTroubleProperty() {
        return engineTrouble.getReadOnlyProperty();
    }

    /** Sending to it. */
    public TransferViewModel transfer() {
        return transfer;
    }

    /** The run that is followed there. */
    public PhoneRunViewModel run() {
        return run;
    }
}
