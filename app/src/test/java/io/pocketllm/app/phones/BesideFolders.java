package io.pocketllm.app.phones;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileWriter;
import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Run folders of a phone and of its simulation, with made-up events. */
public final class BesideFolders {

    /** The id of the profile that was read from the phone. */
    static final String PHONE = "phone-cph2251";

    /** What the simulated phone takes for a step, milliseconds. */
    static final double MILLIS = 880;

    private BesideFolders() {}

    /** The run file of both, with changes: key, value, key, value. */
    static RunFile file(String... changes) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            keys.put(changes[i], changes[i + 1]);
        }
        try {
            return Sample.file().with(keys);
        } catch (RunFileException e) {
            throw new AssertionError(e);
        }
    }

    /** A run on a phone that is so many times as slow as its profile; it goes on. */
    public static Path real(Path runs, String name, int steps, double factor) throws IOException {
        Path folder = Files.createDirectories(runs.resolve(name));
        Files.writeString(folder.resolve("run.json"), file().toJson());
        Files.writeString(
                folder.resolve("phone-run.json"),
                """
                {"serial": "1a2b3c4d", "folder": "runs/r", "eventBytes": 0, "budgetBytes": 0}
                """);
        DeviceProfile profile = DeviceCatalogue.builtin().getFirst().withId(PHONE);
        Files.writeString(folder.resolve("phone.json"), DeviceProfileWriter.json(profile));
        append(folder, started(2));
        realSteps(folder, 1, steps, factor);
        return folder;
    }

    /** Further steps of a run on a phone. */
    static void realSteps(Path folder, int from, int to, double factor) throws IOException {
        Random random = new Random(3);
        List<Event> events = new ArrayList<>();
        for (int step = from; step <= to; step++) {
            double millis = factor * millis(step) * (1 + 0.02 * random.nextGaussian());
            events.add(step(step, millis, null));
            events.add(Sample.memory(1000L * step, 281 + step % 4, 3700));
            if (step % 20 == 1) {
                events.add(
                        new Event.Phone(
                                1000L * step,
                                step,
                                1000.0 * step,
                                celsius(step) + 1.5,
                                null,
                                null,
                                71.0,
                                null,
                                true,
                                null,
                                step > 100 ? 1 : 0,
                                null));
            }
        }
        append(folder, events.toArray(Event[]::new));
    }

    /** A simulated run of the same run file, on a profile in the folder of the real one. */
    public static Path simulated(Path runs, String name, Path real, int steps, String... changes)
            throws IOException {
        Path folder = Files.createDirectories(runs.resolve(name));
        RunFile file;
        try {
            file =
                    file(changes)
                            .with("device.profile", real.resolve("phone.json").toString())
                            .with("name", name);
        } catch (RunFileException e) {
            throw new AssertionError(e);
        }
        Files.writeString(folder.resolve("run.json"), file.toJson());
        append(folder, started(2));
        List<Event> events = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            events.add(step(step, 60, millis(step)));
            events.add(Sample.memory(60L * step, 274 + step % 3, 3700));
            events.add(
                    new Event.Phone(
                            60L * step,
                            step,
                            MILLIS * step,
                            celsius(step),
                            step > 140 ? 0.85 : 1.0,
                            step > 140 ? 1 : 0,
                            100.0,
                            3.0,
                            false,
                            null,
                            null,
                            null));
        }
        events.add(
                new Event.Finished(
                        60L * steps, steps, false, 0.4, 0.8, 0.5, null, 274 * Sample.MB));
        append(folder, events.toArray(Event[]::new));
        return folder;
    }

    /** As texts of other lengths come, and slower once it throttles. */
    private static double millis(int step) {
        return MILLIS * (1 + 0.05 * Math.sin(step)) * (step > 140 ? 1.15 : 1);
    }

    private static double celsius(int step) {
        return 25 + 17 * (1 - Math.exp(-step / 90.0));
    }

    static Event.Step step(int step, double millis, Double phoneMillis) {
        double loss = 0.4 + 0.8 * Math.exp(-step / 60.0);
        return new Event.Step(
                60L * step, step, loss, loss, 1, 0.002, millis, phoneMillis, 640, 40 * Sample.MB);
    }

    static Event.Started started(int threads) {
        return new Event.Started(
                10,
                "2026-03-04T12:00:00+00:00",
                "inbox-nurse",
                "all-MiniLM-L6-v2",
                "BERT encoder, 6 layers",
                22_700_000,
                148_000,
                "Inbox of a night nurse",
                List.of("reply now", "read later", "ignore"),
                420,
                90,
                "LoRA, Gaussian",
                200,
                1,
                "OPPO CPH2251",
                3700 * Sample.MB,
                threads);
    }

    static void append(Path folder, Event... events) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Event event : events) {
            lines.append(EventJson.line(event)).append('\n');
        }
        Files.writeString(
                folder.resolve("events.ndjson"),
                lines,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
