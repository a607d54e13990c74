package io.pocketllm.app.phones;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.PhoneAddress;
import io.pocketllm.phone.PhoneException;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Connecting over Wi-Fi, and pairing before that. Each may wait ten seconds for its phone. */
public final class LinkViewModel {

    /** What is asked for. */
    public enum Kind {
        /** Nothing: the pane is closed. */
        NONE,
        /** The address of a phone that is paired. */
        CONNECT,
        /** Address and code of the pairing window. */
        PAIR
    }

    private final PhoneEngine engine;
    private final Tasks tasks;
    private final ReadOnlyObjectWrapper<Kind> kind = new ReadOnlyObjectWrapper<>(Kind.NONE);
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty code = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper addressError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper codeError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper told = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Trouble> trouble =
            new ReadOnlyObjectWrapper<>(Trouble.NONE);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Cancellation cancellation;

    LinkViewModel(PhoneEngine engine, Tasks tasks) {
        this.engine = engine;
        this.tasks = tasks.patient();
        address.addListener(o -> addressError.set(""));
        code.addListener(o -> codeError.set(""));
    }

    /** Opens the pane. */
    public void open(Kind wanted) {
        if (busy.get()) {
            return;
        }
        kind.set(wanted);
        trouble.set(Trouble.NONE);
        told.set("");
        addressError.set("");
        codeError.set("");
        code.set("");
    }

    /** Does what the pane is for, where the fields are right. */
    public void submit() {
        if (busy.get()) {
            return;
        }
        PhoneAddress to = address();
        boolean pairing = kind.get() == Kind.PAIR;
        String digits = code.get().strip();
        codeError.set(
                pairing && !digits.matches("\\d{6}")
                        ? "Type the six digits that the phone shows."
                        : "");
        if (to == null || !codeError.get().isEmpty()) {
            return;
        }
        Cancellation mine = new Cancellation();
        cancellation = mine;
        if (pairing) {
            work(
                    "Pairing with " + to + "…",
                    () -> {
                        engine.pair(to, digits, mine);
                        return to;
                    },
                    () -> paired(to));
        } else {
            work(
                    "Connecting to " + to + "…",
                    () -> {
                        engine.connect(to, mine);
                        return to;
                    },
                    () -> told.set("Connected to " + to + ". It is in the list."));
        }
    }

    private PhoneAddress address() {
        try {
            PhoneAddress to = PhoneAddress.parse(address.get());
            addressError.set("");
            return to;
        } catch (PhoneException e) {
            addressError.set(e.hint());
            return null;
        }
    }

    private void paired(PhoneAddress with) {
        open(Kind.CONNECT);
        address.set(with.host() + ":");
        told.set(
                "Paired. Now type the port of the screen behind that window: \"IP address & Port\" of"
                        + " Wireless debugging.");
    }

    private void work(String words, Callable<PhoneAddress> work, Runnable done) {
        busy.set(true);
        trouble.set(Trouble.NONE);
        told.set(words);
        tasks.run(
                work,
                to -> {
                    busy.set(false);
                    done.run();
                },
                problem -> {
                    busy.set(false);
                    boolean cancelled = Trouble.isCancelled(problem);
                    told.set(cancelled ? "Cancelled." : "");
                    trouble.set(cancelled ? Trouble.NONE : Trouble.of(problem));
                });
    }

    /** Stops waiting for the phone; where nothing is waited for, closes the pane. */
    public void cancel() {
        if (busy.get()) {
            cancellation.cancel();
        } else {
            open(Kind.NONE);
        }
    }

    /** What is asked for. */
    public ReadOnlyObjectProperty<Kind> kindProperty() {
        return kind.getReadOnlyProperty();
    }

    /** HOST:PORT. */
    public StringProperty addressProperty() {
        return address;
    }

    /** Six digits. */
    public StringProperty codeProperty() {
        return code;
    }

    /** Why the address cannot be one; empty where it can. */
    public ReadOnlyStringProperty addressErrorProperty() {
        return addressError.getReadOnlyProperty();
    }

    /** Why the code cannot be one; empty where it can. */
    public ReadOnlyStringProperty codeErrorProperty() {
        return codeError.getReadOnlyProperty();
    }

    /** What goes on, or how it ended well. */
    public ReadOnlyStringProperty toldProperty() {
        return told.getReadOnlyProperty();
    }

    /** What went wrong. */
    public ReadOnlyObjectProperty<Trouble> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** True while a phone is waited for. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }
}
