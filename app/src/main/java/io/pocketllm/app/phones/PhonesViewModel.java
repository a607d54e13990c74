package io.pocketllm.app.phones;

import io.pocketllm.app.dialog.Dialogs.FileKind;
import io.pocketllm.app.task.Debounce;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.phone.ConnectedPhone;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.PhoneTracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * All phones: the live list, the one that is looked at, and ways to connect another. Nothing of adb
 * is touched before {@link #open}.
 */
public final class PhonesViewModel {

    /** A value that is typed changes the run with each key. */
    private static final Duration TYPING = Duration.ofMillis(300);

    private final PhoneSurroundings around;
    private final PhoneEngine engine;
    private final Tasks tasks;
    private final ToSendViewModel toSend;
    private final LinkViewModel link;
    private final Debounce settingUp;
    private final ObservableList<PhoneViewModel> phones = FXCollections.observableArrayList();
    private final ObjectProperty<PhoneViewModel> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Path> shownRun = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Trouble> trouble =
            new ReadOnlyObjectWrapper<>(Trouble.NONE);
    private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper adb = new ReadOnlyStringWrapper("");
    private final ChangeListener<Path> folderOfSelected = (p, before, now) -> shownRun.set(now);
    private List<PhoneEngine.Left> left = List.of();
    private List<ConnectedPhone> listed = List.of();
    private PhoneEngine.Watch watch;
    private int watchNumber;
    private boolean noAdb;
    private boolean wasOpened;

    /** Knows no phone before it is opened. */
    public PhonesViewModel(PhoneSurroundings around) {
        this.around = around;
        this.engine = around.engine();
        this.tasks = around.tasks();
        toSend = new ToSendViewModel(around);
        link = new LinkViewModel(engine, tasks);
        settingUp = new Debounce(tasks, TYPING);
        adb.set(around.adb().get());
        selected.addListener((p, before, now) -> look(before, now));
        around.setUp()
                .addListener(
                        (p, before, now) -> {
                            if (wasOpened) {
                                settingUp.call(toSend::refreshSetUp);
                            }
                        });
    }

    private void look(PhoneViewModel before, PhoneViewModel now) {
        if (before != null) {
            before.run().folderProperty().removeListener(folderOfSelected);
        }
        shownRun.set(now == null ? null : now.run().folderProperty().get());
        if (now != null) {
            now.run().folderProperty().addListener(folderOfSelected);
            now.lookedAt();
        }
    }

    /** The place is shown: the first time, the list begins. */
    public void open() {
        toSend.refresh();
        if (!wasOpened) {
            wasOpened = true;
            track();
        }
        refreshLeft();
    }

    /** Looks for phones anew, where the list could not be had. */
    public void tryAgain() {
        track();
    }

    private void track() {
        if (watch != null) {
            watch.close();
        }
        int mine = ++watchNumber;
        looking.set(true);
        trouble.set(Trouble.NONE);
        String program = adb.get();
        // The first look may start a server, which takes a second.
        engine.use(program);
        watch = engine.track(found -> tasks.onScreen(() -> show(mine, found)));
    }

    private void show(int of, PhoneTracker.Phones found) {
        if (of != watchNumber) {
            return;
        }
        looking.set(false);
        PhoneException problem = found.problem();
        noAdb = problem != null && problem.reason() == PhoneException.Reason.NO_ADB;
        trouble.set(problem == null ? Trouble.NONE : Trouble.of(problem));
        listed = found.phones();
        arrange();
    }

    /** Makes the list out of what adb says and of what was left on phones. */
    private void arrange() {
        Map<String, PhoneViewModel> all = new LinkedHashMap<>();
        phones.forEach(phone -> all.put(phone.serial(), phone));
        List<PhoneViewModel> order = new ArrayList<>();
        for (ConnectedPhone each : listed) {
            PhoneViewModel phone = all.remove(each.serial());
            order.add(phone == null ? phone(each.serial()) : phone);
        }
        for (PhoneViewModel phone : order) {
            listed.stream()
                    .filter(each -> each.serial().equals(phone.serial()))
                    .findFirst()
                    .ifPresent(phone::update);
        }
        giveLeft(order, all);
        for (PhoneViewModel phone : all.values()) {
            phone.update(null);
            if (phone.staysWhenAway()) {
                order.add(phone);
            }
        }
        if (!phones.equals(order)) {
            PhoneViewModel before = selected.get();
            phones.setAll(order);
            if (before == null || !order.contains(before)) {
                selected.set(
                        order.stream()
                                .filter(PhoneViewModel::isReady)
                                .findFirst()
                                .orElse(order.isEmpty() ? null : order.getFirst()));
            }
        }
        if (selected.get() != null) {
            selected.get().lookedAt();
        }
    }

    private PhoneViewModel phone(String serial) {
        return new PhoneViewModel(serial, around, toSend, this::refreshLeft);
    }

    /** Each run that was left belongs to a phone: by its serial, else by the host of it. */
    private void giveLeft(List<PhoneViewModel> there, Map<String, PhoneViewModel> others) {
        Map<PhoneViewModel, List<PhoneEngine.Left>> of = new LinkedHashMap<>();
        for (PhoneEngine.Left run : left) {
            PhoneViewModel phone =
                    there.stream()
                            .filter(p -> p.serial().equals(run.serial()))
                            .findFirst()
                            .or(
                                    () ->
                                            there.stream()
                                                    .filter(
                                                            p ->
                                                                    PhoneNaming.isSameHost(
                                                                            p.serial(),
                                                                            run.serial()))
                                                    .findFirst())
                            .orElseGet(() -> others.computeIfAbsent(run.serial(), this::phone));
            if (!phone.run().isFollowing(run.folder())) {
                of.computeIfAbsent(phone, p -> new ArrayList<>()).add(run);
            }
        }
        List<PhoneViewModel> all = new ArrayList<>(there);
        all.addAll(others.values());
        for (PhoneViewModel phone : all) {
            List<PhoneEngine.Left> runs = of.getOrDefault(phone, List.of());
            if (!phone.run().left().equals(runs)) {
                phone.run().left().setAll(runs);
            }
        }
    }

    private void refreshLeft() {
        tasks.run(
                engine::left,
                found -> {
                    left = found;
                    // Before the first list, every phone would look as if it were away.
                    if (!looking.get()) {
                        arrange();
                    }
                },
                problem -> left = List.of());
    }

    /** Lets the person choose the adb program, and looks again with it. */
    public void chooseAdb() {
        around.dialogs()
                .openFile("Choose the adb program", new FileKind("The adb program", ""))
                .ifPresent(this::useAdb);
    }

    private void useAdb(Path program) {
        if (!Files.isExecutable(program) || Files.isDirectory(program)) {
            trouble.set(
                    new Trouble(
                            program.getFileName() + " is no program that can be started.",
                            "Choose the file adb (on Windows adb.exe) of Android's platform-tools."));
            return;
        }
        adb.set(program.toAbsolutePath().toString());
        around.adb().put(adb.get());
        track();
    }

    /** Forgets the program that was chosen, and looks for one in the usual places. */
    public void forgetAdb() {
        adb.set("");
        around.adb().put("");
        track();
    }

    /** Whether closing the window now needs no question. */
    public boolean mayClose() {
        return phones.stream().noneMatch(phone -> phone.transfer().busyProperty().get())
                || around.dialogs()
                        .confirm(
                                "Stop sending and close?",
                                "Something is being sent to a phone. Nothing half-written is left"
                                        + " there; sending again goes on where it stopped.",
                                "Stop and close",
                                "Keep sending");
    }

    /** Ends the list and looks away from the runs, which go on on their phones. */
    public void close() {
        watchNumber++;
        if (watch != null) {
            watch.close();
        }
        link.cancel();
        phones.forEach(PhoneViewModel::close);
    }

    /** Whether the run of a folder goes on on a phone and is followed. */
    public boolean isFollowing(Path folder) {
        return phones.stream().anyMatch(phone -> phone.run().isFollowing(folder));
    }

    /** Every phone there is: as adb lists them, then those that are away and have a run. */
    public ObservableList<PhoneViewModel> phones() {
        return phones;
    }

    /** The phone that is looked at; null for none. */
    public ObjectProperty<PhoneViewModel> selectedProperty() {
        return selected;
    }

    /** Run folder here of the run that is followed on the selected phone; null for none. */
    public ReadOnlyObjectProperty<Path> shownRunProperty() {
        return shownRun.getReadOnlyProperty();
    }

    /** Why there is no list. */
    public ReadOnlyObjectProperty<Trouble> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** Whether the trouble is that there is no adb to talk to. */
    public boolean isWithoutAdb() {
        return noAdb;
    }

    /** True until the first list is there. */
    public ReadOnlyBooleanProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    /** The adb program a person chose; empty where the usual one is used. */
    public ReadOnlyStringProperty adbProperty() {
        return adb.getReadOnlyProperty();
    }

    /** What can be sent. */
    public ToSendViewModel toSend() {
        return toSend;
    }

    /** Connecting another phone. */
    public LinkViewModel link() {
        return link;
    }
}
