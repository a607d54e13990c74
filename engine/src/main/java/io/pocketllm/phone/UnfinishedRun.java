package io.pocketllm.phone;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.EventLog;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A run on a phone whose end is not known here: it goes on, or has ended since it was last
 * followed. {@link PhoneLauncher#attach} takes it up.
 *
 * @param folder its run folder on this computer
 * @param serial the phone, as adb called it then
 */
public record UnfinishedRun(Path folder, String serial) {

    /**
     * Those among the runs of a folder, the newest first. A folder that cannot be read is passed
     * over.
     *
     * @param runs the folder whose sub-folders are runs; need not be there
     */
    public static List<UnfinishedRun> in(Path runs) throws IOException {
        List<UnfinishedRun> found = new ArrayList<>();
        if (Files.isDirectory(runs)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
                for (Path each : folders) {
                    RunFolder run = new RunFolder(each.toAbsolutePath().normalize());
                    // The summary is written last, when everything was fetched.
                    if (Files.isRegularFile(PhoneRunFile.in(run)) && !Files.exists(run.summary())) {
                        add(run, found);
                    }
                }
            }
        }
        found.sort(
                Comparator.comparing((UnfinishedRun r) -> String.valueOf(r.folder.getFileName()))
                        .reversed());
        return List.copyOf(found);
    }

    /**
     * Stops waiting for its end: the run folder says so, and is like that of any run that failed. A
     * run that goes on on the phone is not stopped by that.
     */
    public static void giveUp(Path folder) throws IOException {
        RunFolder run = new RunFolder(folder.toAbsolutePath().normalize());
        long elapsedMillis =
                run.readEvents().stream().mapToLong(Event::elapsedMillis).max().orElse(0);
        Event last =
                new Event.Failed(
                        elapsedMillis,
                        "The run on the phone was given up: its end was not waited for.",
                        "What was heard of it until then is in this run folder.");
        try (EventLog log = new EventLog(run.events())) {
            log.append(last);
        }
        Files.writeString(run.summary(), EventJson.line(last) + "\n");
    }

    private static void add(RunFolder run, List<UnfinishedRun> found) {
        try {
            String serial = PhoneRunFile.read(run).serial();
            if (serial != null && !serial.isBlank()) {
                found.add(new UnfinishedRun(run.path(), serial));
            }
        } catch (IOException e) {
            // Damaged: the page of all runs lists it all the same.
        }
    }
}
