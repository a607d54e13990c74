package io.pocketllm.phone;

import io.pocketllm.run.Event;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How warm a phone is and how full its battery, at one moment. Null is what it does not tell.
 *
 * @param celsius of the skin, else of the battery
 * @param temperatureOf {@code "battery"}, or null for the skin
 * @param thermalStatus Android's 0 (none) to 6 (shutdown)
 * @param batteryPercent charge, 0 to 100
 * @param charging whether it charges, over whatever
 */
record PhoneWarmth(
        Double celsius,
        String temperatureOf,
        Integer thermalStatus,
        Double batteryPercent,
        Boolean charging) {

    private static final String BATTERY = "battery";

    /** A phone that is there answers within this; nobody waits longer for a temperature. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Android's {@code Temperature.TYPE_SKIN}, whatever the maker calls the sensor. */
    private static final Pattern SKIN =
            Pattern.compile("Temperature\\{mValue=(-?\\d{1,4}(?:\\.\\d+)?), *mType=3,");

    /**
     * Asks the phone.
     *
     * @throws PhoneException where it does not answer
     */
    static PhoneWarmth read(Phone phone, Cancellation cancellation) throws PhoneException {
        return parse(phone.run(PhoneScript.READ_WARMTH.with(), PATIENCE, cancellation).out());
    }

    /** What {@code read-warmth.sh} answered. */
    static PhoneWarmth parse(String text) {
        PhoneReading reading = PhoneReader.parse(text);
        Double skin = skin(Sections.of(text.replace("\r", "")).get("thermal"));
        Double battery = reading.batteryCelsius().value();
        return new PhoneWarmth(
                skin == null ? battery : skin,
                skin == null && battery != null ? BATTERY : null,
                reading.thermalStatus().value(),
                reading.batteryPercent().value(),
                reading.plugged().value());
    }

    /** The current reading, else the cached one. */
    private static Double skin(String thermal) {
        int current = thermal.indexOf(PhoneReader.CURRENT_TEMPERATURES);
        Matcher now = SKIN.matcher(current < 0 ? "" : thermal.substring(current));
        if (now.find()) {
            return Double.valueOf(now.group(1));
        }
        Matcher cached = SKIN.matcher(thermal);
        return cached.find() ? Double.valueOf(cached.group(1)) : null;
    }

    /** Whether the phone told nothing at all. */
    boolean isEmpty() {
        return celsius == null && thermalStatus == null && batteryPercent == null;
    }

    /**
     * As an event of a run there.
     *
     * @param elapsedMillis of the run, on the phone's own clock
     */
    Event.Phone event(long elapsedMillis, int step) {
        return new Event.Phone(
                elapsedMillis,
                step,
                elapsedMillis,
                celsius,
                null,
                null,
                batteryPercent,
                null,
                charging,
                null,
                thermalStatus,
                temperatureOf);
    }
}
