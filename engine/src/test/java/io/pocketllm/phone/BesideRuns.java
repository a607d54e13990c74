package io.pocketllm.phone;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventLog;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Run folders as a phone's run and its simulation leave them. */
public final class BesideRuns {

    private BesideRuns() {}

    /** Writes the folder of a run. */
    public static Path folder(Path folder, RunFile file, List<Event> events) throws IOException {
        RunFolder run = new RunFolder(Files.createDirectories(folder));
        Files.writeString(run.runFile(), file.toJson());
        Files.deleteIfExists(run.events());
        try (EventLog log = new EventLog(run.events())) {
            for (Event event : events) {
                log.append(event);
            }
        }
        return folder;
    }

    /** The same of a run on a phone. */
    public static Path onPhone(Path folder, RunFile file, List<Event> events) throws IOException {
        folder(folder, file, events);
        new PhoneRunFile("P1", "runs/r", 0, 0).write(new RunFolder(folder));
        return folder;
    }

    /** What a phone says that took so long for each step. */
    public static List<Event> realEvents(int steps, IntToDoubleFunction millis) {
        List<Event> events = new ArrayList<>(List.of(started(1)));
        for (int step = 1; step <= steps; step++) {
            events.add(step(step, millis.applyAsDouble(step), null));
        }
        return events;
    }

    /** What a simulation says whose phone took so long for each step. */
    public static List<Event> simulatedEvents(int steps, IntToDoubleFunction phoneMillis) {
        List<Event> events = new ArrayList<>(List.of(started(1)));
        for (int step = 1; step <= steps; step++) {
            events.add(step(step, 3, phoneMillis.applyAsDouble(step)));
        }
        return events;
    }

    static RunMeasurements measured(List<Event> events) {
        RunMeasurements measurements = new RunMeasurements();
        events.forEach(measurements::accept);
        return measurements;
    }

    public static Event.Step step(int step, double millis, Double phoneMillis) {
        return new Event.Step(step, step, 1, 1, 0.1, 0.1, millis, phoneMillis, 100, 0);
    }

    public static Event.Phone real(int step, double celsius, int thermalStatus) {
        return new Event.Phone(
                step, step, step, celsius, null, null, 50.0, null, true, null, thermalStatus, null);
    }

    public static Event.Phone simulated(int step, double celsius, int throttleStep) {
        return new Event.Phone(
                step, step, step, celsius, 1.0, throttleStep, 50.0, 1.0, true, null, null, null);
    }

    public static Event.Started started(int threads) {
        return new Event.Started(
                1,
                "2026-03-04T05:06:07Z",
                "run",
                "all-MiniLM-L6-v2",
                "encoder",
                22_700_000,
                1000,
                "inbox",
                List.of("a", "b"),
                12,
                6,
                "LoRA, Gaussian",
                100,
                1,
                "Phone",
                0,
                threads);
    }
}
