package io.pocketllm.app.fake;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Run folders as runs leave them, with made-up events. */
public final class SampleRuns {

    private SampleRuns() {}

    /** How a made-up run ends. */
    public enum End {
        /** All steps done. */
        FINISHED,
        /** By the low-memory killer. */
        KILLED,
        /** By a loss that is none. */
        DIVERGED,
        /** Nothing was written. */
        NONE
    }

    /**
     * Writes a run folder.
     *
     * @param day of January 2026, which makes the folder's name
     * @param half loss falls to a third in this many steps
     * @param changes key, value, key, value over {@link Sample#JSON}
     */
    public static Path write(
            Path runs, int day, String name, int steps, double half, End end, String... changes)
            throws IOException {
        Path folder =
                Files.createDirectories(
                        runs.resolve("2026-01-%02d-120000-%s".formatted(day, name)));
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("name", name);
        keys.put("training.steps", "" + steps);
        for (int i = 0; i < changes.length; i += 2) {
            keys.put(changes[i], changes[i + 1]);
        }
        RunFile file;
        try {
            file = Sample.file().with(keys);
        } catch (RunFileException e) {
            throw new AssertionError(e);
        }
        return writeIn(folder, file, day, steps, half, end);
    }

    /**
     * Writes a run into a folder that is there.
     *
     * @param day of January 2026
     */
    public static Path writeIn(Path folder, RunFile file, int day, int steps, double half, End end)
            throws IOException {
        Files.writeString(folder.resolve("run.json"), file.toJson());
        List<Event> events = events(file, day, steps, half, end);
        Files.writeString(
                folder.resolve("events.ndjson"),
                events.stream().map(EventJson::line).collect(Collectors.joining("\n", "", "\n")));
        if (events.getLast().isLast()) {
            Files.writeString(
                    folder.resolve("summary.json"), EventJson.line(events.getLast()) + "\n");
        }
        return folder;
    }

    /** Lets a run that is there end at a step, as one that was asked to stop. */
    public static void stopped(Path folder, int step) throws IOException {
        Event end = new Event.Finished(9000, step, true, 0.91, 0.6, 0.57, null, 281 * Sample.MB);
        Files.writeString(
                folder.resolve("events.ndjson"),
                EventJson.line(Sample.evaluated(step, 0.91, 0.6))
                        + "\n"
                        + EventJson.line(end)
                        + "\n");
        Files.writeString(folder.resolve("summary.json"), EventJson.line(end) + "\n");
    }

    private static List<Event> events(RunFile file, int day, int steps, double half, End end) {
        Random random = new Random(day);
        List<Event> events = new ArrayList<>();
        events.add(Sample.memory(100, 120, 512));
        events.add(
                new Event.Started(
                        1200,
                        "2026-01-%02dT12:00:00+00:00".formatted(day),
                        file.spec().name(),
                        "all-MiniLM-L6-v2",
                        "BERT encoder, 6 layers",
                        22_700_000,
                        148_000,
                        "Inbox of a night nurse",
                        List.of("reply now", "read later", "ignore"),
                        420,
                        90,
                        file.spec().method().describe(),
                        steps,
                        1,
                        "OPPO Reno6 5G",
                        512 * Sample.MB,
                        2));
        int every = Math.max(1, steps / 20);
        int last = end == End.FINISHED || end == End.NONE ? steps : steps / 4;
        for (int step = 0; step <= last; step++) {
            double fall = Math.exp(-step / half);
            if (step > 0) {
                events.add(Sample.step(step, 0.4 + 0.95 * fall + 0.08 * random.nextGaussian()));
                events.add(Sample.memory(2000 + 200L * step, 270 + random.nextInt(9), 512));
            }
            if (step % every == 0) {
                events.add(Sample.evaluated(step, 0.42 + 0.9 * fall, 0.85 - 0.28 * fall));
            }
        }
        long now = 2100 + 200L * last;
        switch (end) {
            case FINISHED ->
                    events.add(
                            new Event.Finished(
                                    now,
                                    steps,
                                    false,
                                    0.42 + 0.9 * Math.exp(-steps / half),
                                    0.85 - 0.28 * Math.exp(-steps / half),
                                    0.57,
                                    null,
                                    281 * Sample.MB));
            case KILLED ->
                    events.add(
                            new Event.Killed(
                                    now, "w", "h", 1420 * Sample.MB, 1400 * Sample.MB, last));
            case DIVERGED -> events.add(new Event.Diverged(now, last, "The loss is NaN", "h"));
            case NONE -> {}
        }
        return events;
    }
}
