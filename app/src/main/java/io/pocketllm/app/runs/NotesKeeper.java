package io.pocketllm.app.runs;

import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunNotes;
import io.pocketllm.run.RunOverview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes what a person says about runs. */
final class NotesKeeper {

    private NotesKeeper() {}

    /** Notes that hide the runs of these rows, or show them again. */
    static Map<Path, RunNotes> archiving(List<RunRow> rows, boolean archived) {
        Map<Path, RunNotes> notes = new HashMap<>();
        for (RunRow row : rows) {
            row.runs().forEach(run -> notes.put(run.folder(), run.notes().archived(archived)));
        }
        return notes;
    }

    /**
     * Keeps notes in the runs' folders.
     *
     * @param problem told what could not be written
     * @return the runs with the notes they have now
     */
    static List<RunOverview> write(
            RunLibrary library,
            List<RunOverview> runs,
            Map<Path, RunNotes> notes,
            Consumer<String> problem) {
        List<RunOverview> now = new ArrayList<>();
        for (RunOverview run : runs) {
            RunNotes wanted = notes.getOrDefault(run.folder(), run.notes());
            if (wanted.equals(run.notes())) {
                now.add(run);
                continue;
            }
            try {
                library.write(run.folder(), wanted);
                now.add(run.with(wanted));
            } catch (IOException e) {
                problem.accept("Not saved: " + e.getMessage());
                now.add(run);
            }
        }
        return List.copyOf(now);
    }
}
