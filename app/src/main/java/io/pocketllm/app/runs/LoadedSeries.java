package io.pocketllm.app.runs;

import io.pocketllm.app.chart.EventFile;
import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Series of the runs that are looked at, read in the background. */
final class LoadedSeries {

    private final Tasks tasks;
    private final Runnable changed;
    private final Consumer<String> problem;
    private final Map<Path, RunSeries> known = new HashMap<>();
    private final Set<Path> loading = new HashSet<>();
    private final Set<Path> stale = new HashSet<>();

    /**
     * @param changed called when series have come
     * @param problem told what cannot be read
     */
    LoadedSeries(Tasks tasks, Runnable changed, Consumer<String> problem) {
        this.tasks = tasks;
        this.changed = changed;
        this.problem = problem;
    }

    /**
     * The runs may have gone on: they are read anew when asked for, and shown as known till then.
     */
    void outdate() {
        stale.addAll(known.keySet());
    }

    /** Drops all but these. */
    void keep(Set<Path> folders) {
        known.keySet().retainAll(folders);
        stale.retainAll(known.keySet());
    }

    /** Reads a run's series unless they are known. */
    void load(Path folder) {
        if (known.containsKey(folder) && !stale.contains(folder) || !loading.add(folder)) {
            return;
        }
        tasks.run(
                () -> read(folder),
                read -> came(folder, read),
                failure -> {
                    problem.accept("The events of a run cannot be read: " + failure.getMessage());
                    came(folder, new RunSeries());
                });
    }

    private void came(Path folder, RunSeries read) {
        loading.remove(folder);
        stale.remove(folder);
        known.put(folder, read);
        changed.run();
    }

    /** What was read of a run; null before. */
    RunSeries of(Path folder) {
        return known.get(folder);
    }

    /** Reads on the caller's thread. A run that failed before its first event has no series. */
    static RunSeries read(Path folder) throws IOException {
        RunSeries read = new RunSeries();
        Path events = new RunFolder(folder).events();
        if (Files.isRegularFile(events)) {
            EventFile.read(events, read::accept);
        }
        return read;
    }
}
