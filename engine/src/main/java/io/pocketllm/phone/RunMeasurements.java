package io.pocketllm.phone;

import io.pocketllm.run.Event;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run, real or simulated, says of the phone it is on: collected from its events, as they
 * come or from its folder. For one thread at a time.
 */
public final class RunMeasurements {

    private final SortedMap<Integer, Double> stepMillis = new TreeMap<>();
    private final SortedMap<Integer, Double> simulatedMillis = new TreeMap<>();
    private Event.Started started;
    private long peakRssBytes;
    private Double startCelsius;
    private Double hottestCelsius;
    private String temperatureOf;
    private boolean throttlingTold;
    private int coolUntilStep;
    private Integer throttledAtStep;

    /** Collects what a run folder holds so far. */
    public static RunMeasurements of(RunFolder folder) throws IOException {
        RunMeasurements measurements = new RunMeasurements();
        folder.readEvents().forEach(measurements::accept);
        return measurements;
    }

    /** Takes one event; the ones that measure nothing are passed over. */
    public void accept(Event event) {
        switch (event) {
            case Event.Started e -> started = started == null ? e : started;
            case Event.Step e -> {
                stepMillis.put(e.step(), e.stepMillis());
                if (e.phoneMillis() != null) {
                    simulatedMillis.put(e.step(), e.phoneMillis());
                }
            }
            case Event.Memory e -> peakRssBytes = Math.max(peakRssBytes, e.rssBytes());
            case Event.Killed e -> peakRssBytes = Math.max(peakRssBytes, e.rssBytes());
            case Event.Finished e -> peakRssBytes = Math.max(peakRssBytes, e.peakRssBytes());
            case Event.Phone e -> phone(e);
            case Event.Preparing e -> {}
            case Event.Evaluated e -> {}
            case Event.Reference e -> {}
            case Event.Prediction e -> {}
            case Event.Paused e -> {}
            case Event.Resumed e -> {}
            case Event.Warning e -> {}
            case Event.Diverged e -> {}
            case Event.Failed e -> {}
        }
    }

    private void phone(Event.Phone e) {
        if (e.temperatureCelsius() != null) {
            startCelsius = startCelsius == null ? e.temperatureCelsius() : startCelsius;
            hottestCelsius =
                    hottestCelsius == null
                            ? e.temperatureCelsius()
                            : Math.max(hottestCelsius, e.temperatureCelsius());
            temperatureOf = e.temperatureOf();
        }
        if (isThrottlingTold(e) && throttledAtStep == null) {
            throttlingTold = true;
            if (isThrottled(e)) {
                throttledAtStep = e.step();
            } else {
                coolUntilStep = e.step();
            }
        }
    }

    private static boolean isThrottlingTold(Event.Phone e) {
        return e.throttleStep() != null || e.thermalStatus() != null;
    }

    /** A simulated phone by its profile's steps, a real one by Android's status. */
    private static boolean isThrottled(Event.Phone e) {
        return e.throttleStep() != null ? e.throttleStep() > 0 : e.thermalStatus() > 0;
    }

    /** What the run said as it began; null before. */
    public Event.Started started() {
        return started;
    }

    /** Milliseconds of each step on the machine that made it, by step. */
    SortedMap<Integer, Double> stepMillis() {
        return stepMillis;
    }

    /** Milliseconds of each step on the simulated phone, by step; empty where none is simulated. */
    SortedMap<Integer, Double> simulatedMillis() {
        return simulatedMillis;
    }

    /** The most memory that was seen, bytes; 0 before any was. */
    public long peakRssBytes() {
        return peakRssBytes;
    }

    /** The first temperature that was told, degrees Celsius; null for none. */
    public Double startCelsius() {
        return startCelsius;
    }

    /** The highest temperature; null for none. */
    public Double hottestCelsius() {
        return hottestCelsius;
    }

    /** What the temperature is of, as {@link Event.Phone#temperatureOf}. */
    public String temperatureOf() {
        return temperatureOf;
    }

    /** Whether it is known if the phone throttled. */
    public boolean isThrottlingTold() {
        return throttlingTold;
    }

    /** The step after which it was first seen to throttle; null where it was not. */
    public Integer throttledAtStep() {
        return throttledAtStep;
    }

    /** The last step that was surely taken before it began to throttle; none where it never did. */
    OptionalInt lastCoolStep() {
        return throttledAtStep == null ? OptionalInt.empty() : OptionalInt.of(coolUntilStep);
    }
}
