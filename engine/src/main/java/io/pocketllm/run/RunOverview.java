package io.pocketllm.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A run folder at a glance, read without its whole stream of events.
 *
 * @param folder the folder
 * @param sweep the name of the sweep that it is a run of; empty where it is none's
 * @param notes what a person wrote about it
 * @param file its run file; null where that cannot be read
 * @param problem why the run file cannot be read; empty where it can
 * @param started what the worker said when it began; null where it did not get that far
 * @param end the event that ended the run; null where none was written
 * @param step steps taken, as far as the end of the stream tells
 * @param loss held-out loss last measured, nats; NaN where it is not near the end of the stream
 * @param accuracy held-out accuracy last measured, 0 to 1; NaN like {@code loss}
 * @param peakRssBytes the most memory it held; 0 where only the whole stream would tell
 * @param phone the simulated phone as it was last told; null where the end of the stream does not
 *     tell
 * @param elapsedMillis how long its last worker worked, on this computer; 0 before its first event
 */
public record RunOverview(
        Path folder,
        String sweep,
        RunNotes notes,
        RunFile file,
        String problem,
        Event.Started started,
        Event end,
        int step,
        double loss,
        double accuracy,
        long peakRssBytes,
        Event.Phone phone,
        long elapsedMillis) {

    /** Reads a run folder; one that is damaged has a problem. */
    public static RunOverview read(Path folder) {
        return OverviewReader.read(folder, "");
    }

    /** The name to show: the person's, else the run file's, else the folder's. */
    public String name() {
        return !notes.name().isEmpty()
                ? notes.name()
                : file != null ? file.spec().name() : folder.getFileName().toString();
    }

    /** Whether it took all its steps. */
    public boolean finished() {
        return end instanceof Event.Finished e && !e.stopped();
    }

    /** The run file, where it can be read. */
    public Optional<RunFile> readableFile() {
        return Optional.ofNullable(file);
    }

    /** The same run with other notes. */
    public RunOverview with(RunNotes other) {
        return new RunOverview(
                folder,
                sweep,
                other,
                file,
                problem,
                started,
                end,
                step,
                loss,
                accuracy,
                peakRssBytes,
                phone,
                elapsedMillis);
    }
}
