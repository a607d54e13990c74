package io.pocketllm.app.phones;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.text.Units;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.PhonePaths;
import io.pocketllm.phone.PhoneStorage;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.phone.TransferProgress;
import io.pocketllm.run.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Sending to one phone, and removing what was sent; one thing at a time. */
public final class TransferViewModel {

    private static final String LOOKING = "Looking what is on the phone…";

    private final String serial;
    private final PhoneEngine engine;
    private final Tasks tasks;
    private final ObservableList<TransferRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper doing = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper told = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Trouble> trouble =
            new ReadOnlyObjectWrapper<>(Trouble.NONE);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Cancellation cancellation;
    private int number;

    TransferViewModel(String serial, PhoneSurroundings around) {
        this.serial = serial;
        this.engine = around.engine();
        this.tasks = around.tasks().patient();
    }

    /** Sends a run without starting it. */
    void send(RunFile file, Map<TransferKind, Long> sizes) {
        begin(
                LOOKING,
                file,
                sizes,
                List.of(TransferKind.RUN, TransferKind.MODEL, TransferKind.DATA));
        Consumer<TransferProgress> progress = progress();
        Cancellation mine = cancellation;
        work(() -> engine.send(serial, file, progress, mine), report -> ended(words(report)));
    }

    private static String words(PhoneStorage.Report report) {
        return "Sent "
                + Units.plural(report.sentFiles(), "file")
                + ", "
                + Units.megabytes(report.sentBytes())
                + "; "
                + report.keptFiles()
                + " were there already. It is in "
                + PhonePaths.BASE
                + " on the phone.";
    }

    /** Sends what a finished run has learned. */
    void sendLearned(Path folder) {
        begin(LOOKING, null, Map.of(), List.of(TransferKind.TUNED));
        Consumer<TransferProgress> progress = progress();
        Cancellation mine = cancellation;
        work(
                () -> engine.sendLearned(serial, folder, progress, mine),
                there ->
                        ended(
                                "Sent. Other programs on the phone find it in "
                                        + PhonePaths.BASE
                                        + "/"
                                        + there
                                        + "/tuned.json."));
    }

    /** Sends what is missing and starts a run; the run's own view model has it from there. */
    void start(RunFile file, Map<TransferKind, Long> sizes, PhoneRunViewModel run) {
        begin(
                LOOKING,
                file,
                sizes,
                List.of(
                        TransferKind.ENGINE,
                        TransferKind.MODEL,
                        TransferKind.DATA,
                        TransferKind.RUN));
        Consumer<TransferProgress> progress = progress();
        Cancellation mine = cancellation;
        PhoneRunViewModel.Listener listener = run.begin(file.spec().name());
        tasks.run(
                () -> engine.start(serial, file, progress, mine, listener),
                following -> {
                    run.attach(listener, following);
                    ended("Sent, and started on the phone.");
                },
                problem -> {
                    run.notStarted(listener);
                    failed(problem);
                });
    }

    /** Removes what was sent. */
    void clean() {
        begin("Removing what was sent…", null, Map.of(), List.of());
        Cancellation mine = cancellation;
        work(
                () -> engine.clean(serial, mine),
                left ->
                        ended(
                                left.isEmpty()
                                        ? "Removed; nothing of the workbench is left on the phone."
                                        : "Removed. "
                                                + PhonePaths.BASE
                                                + " still holds what is not ours: "
                                                + String.join(", ", left)
                                                + "."));
    }

    private void begin(
            String what, RunFile file, Map<TransferKind, Long> sizes, List<TransferKind> kinds) {
        number++;
        cancellation = new Cancellation();
        busy.set(true);
        trouble.set(Trouble.NONE);
        told.set("");
        doing.set(what);
        String model = file == null ? "" : ToSendViewModel.model(file);
        rows.setAll(
                kinds.stream()
                        .map(k -> TransferRow.still(k, model, sizes.getOrDefault(k, 0L), "waiting"))
                        .toList());
    }

    private <T> void work(Callable<T> work, Consumer<T> done) {
        tasks.run(work, done, this::failed);
    }

    /** Called on the thread that sends. */
    private Consumer<TransferProgress> progress() {
        int mine = number;
        return told -> tasks.onScreen(() -> show(mine, told));
    }

    private void show(int of, TransferProgress progress) {
        if (of != number || !busy.get()) {
            return;
        }
        TransferKind now = TransferKind.of(progress.what());
        for (TransferProgress.Part part : progress.parts()) {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).kind() == part.kind()) {
                    TransferRow row =
                            rows.get(i).at(part, part.kind() == now, progress.bytesPerSecond());
                    rows.set(i, row);
                } else if (now != TransferKind.ENGINE
                        && rows.get(i).kind() == TransferKind.ENGINE
                        && rows.get(i).status().startsWith("sent;")) {
                    rows.set(i, rows.get(i).saying("done"));
                }
            }
        }
        doing.set(words(progress, now));
    }

    private String words(TransferProgress progress, TransferKind now) {
        long left = progress.totalBytes() - progress.doneBytes();
        if (left > 0) {
            return progress.bytesPerSecond() <= 0
                    ? LOOKING
                    : "Sending: "
                            + Units.megabytes(progress.doneBytes())
                            + " of "
                            + Units.megabytes(progress.totalBytes())
                            + ", "
                            + Units.duration(left / progress.bytesPerSecond())
                            + " left";
        }
        if (now == TransferKind.ENGINE) {
            boolean there = progress.parts().stream().allMatch(TransferProgress.Part::wasThere);
            return there ? LOOKING : "Unpacking the engine on the phone…";
        }
        boolean starts = rows.stream().anyMatch(row -> row.kind() == TransferKind.ENGINE);
        return starts ? "Starting the run on the phone…" : "Checking what arrived…";
    }

    private void ended(String words) {
        busy.set(false);
        doing.set("");
        told.set(words);
        rows.replaceAll(
                row ->
                        row.status().startsWith("already")
                                ? row
                                : new TransferRow(row.kind(), row.name(), row.bytes(), 1, "done"));
    }

    private void failed(Exception problem) {
        busy.set(false);
        doing.set("");
        rows.replaceAll(row -> row.fraction() < 1 ? row.saying("not sent") : row);
        if (Trouble.isCancelled(problem)) {
            told.set("Cancelled. Nothing half-written is left; sending again goes on from here.");
        } else {
            trouble.set(Trouble.of(problem));
        }
    }

    /** Stops what goes on. */
    public void cancel() {
        if (busy.get()) {
            doing.set("Cancelling…");
            cancellation.cancel();
        }
    }

    /** What is sent, or was last; empty before. */
    public ObservableList<TransferRow> rows() {
        return rows;
    }

    /** What goes on; empty for nothing. */
    public ReadOnlyStringProperty doingProperty() {
        return doing.getReadOnlyProperty();
    }

    /** How the last thing ended well; empty before. */
    public ReadOnlyStringProperty toldProperty() {
        return told.getReadOnlyProperty();
    }

    /** What went wrong last. */
    public ReadOnlyObjectProperty<Trouble> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** True while something goes on. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }
}
