package io.pocketllm.app.runs;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunOverview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * What was deleted last and can be brought back. A run from elsewhere is taken off the list and
 * stays where it is.
 */
final class DeletedRuns {

    /**
     * @param now where it lies; null where it was only taken off the list
     */
    private record Deleted(Path now, Path before) {}

    private final RunLibrary library;
    private final OpenedFolders opened;
    private final Predicate<Path> running;
    private final List<Deleted> deleted = new ArrayList<>();
    private final ReadOnlyStringWrapper undoText = new ReadOnlyStringWrapper("");

    DeletedRuns(RunLibrary library, OpenedFolders opened, Predicate<Path> running) {
        this.library = library;
        this.opened = opened;
        this.running = running;
    }

    /**
     * Deletes runs; one that is going on is left alone.
     *
     * @param problem told what is not deleted, and why
     * @return the folders that are gone
     */
    Set<Path> delete(List<RunOverview> runs, Consumer<String> problem) {
        deleted.clear();
        List<RunOverview> gone = new ArrayList<>();
        boolean allOutside = true;
        for (RunOverview run : runs) {
            if (running.test(run.folder())) {
                problem.accept("\"" + run.name() + "\" is going on. Stop it first.");
                continue;
            }
            try {
                if (library.holds(run.folder())) {
                    deleted.add(new Deleted(library.delete(run.folder()), run.folder()));
                    allOutside = false;
                } else {
                    Path off = opened.remove(run.folder());
                    if (off != null) {
                        deleted.add(new Deleted(null, off));
                    }
                }
                gone.add(run);
            } catch (IOException e) {
                problem.accept("\"" + run.name() + "\" is not deleted: " + e.getMessage());
            }
        }
        undoText.set(text(gone, allOutside));
        Set<Path> folders = new HashSet<>();
        gone.forEach(run -> folders.add(run.folder()));
        return folders;
    }

    private static String text(List<RunOverview> gone, boolean allOutside) {
        if (gone.isEmpty()) {
            return "";
        }
        String what =
                gone.size() == 1
                        ? "\"" + gone.getFirst().name() + "\""
                        : Units.plural(gone.size(), "run");
        return allOutside
                ? "Taken off the list: " + what + ". The folder stays."
                : "Deleted " + what + ".";
    }

    /** Brings back what was deleted last. */
    void undo(Consumer<String> problem) {
        for (Deleted run : deleted) {
            if (run.now() == null) {
                opened.add(run.before());
                continue;
            }
            try {
                library.restore(run.now(), run.before());
            } catch (IOException e) {
                problem.accept("Not brought back: " + e.getMessage());
            }
        }
        deleted.clear();
        undoText.set("");
    }

    /** What can be brought back; empty for nothing. */
    ReadOnlyStringProperty undoTextProperty() {
        return undoText.getReadOnlyProperty();
    }
}
