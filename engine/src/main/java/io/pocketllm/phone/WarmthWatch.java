package io.pocketllm.phone;

import io.pocketllm.run.Event;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks from time to time how warm a phone is while a run goes on there. A phone that does not tell
 * is asked no more, and that is said once: the run does not need it.
 */
final class WarmthWatch {

    /** How often a phone is asked; each time costs it some hundredths of a second. */
    static final Duration EVERY = Duration.ofSeconds(30);

    private static final int MOST_FAILURES = 3;

    private final Phone phone;
    private final long everyNanos;
    private long lookedNanos;
    private boolean looked;
    private int failures;
    private boolean given;

    WarmthWatch(Phone phone, Duration every) {
        this.phone = phone;
        this.everyNanos = every.toNanos();
    }

    /** The phone's state, or why it is not known, where it is time to look again. */
    Optional<Event> lookWhenDue(long elapsedMillis, int step, Cancellation cancellation) {
        return looked && System.nanoTime() - lookedNanos < everyNanos
                ? Optional.empty()
                : look(elapsedMillis, step, cancellation);
    }

    /** The same at once. */
    Optional<Event> look(long elapsedMillis, int step, Cancellation cancellation) {
        if (given) {
            return Optional.empty();
        }
        Optional<Event> event;
        try {
            PhoneWarmth warmth = PhoneWarmth.read(phone, cancellation);
            failures = 0;
            event =
                    warmth.isEmpty()
                            ? giveUp(elapsedMillis, "it does not let adb's shell read them.")
                            : Optional.of(warmth.event(elapsedMillis, step));
        } catch (PhoneException e) {
            // Whether the phone is away is for those to say who need it.
            failures++;
            event =
                    failures < MOST_FAILURES
                            ? Optional.empty()
                            : giveUp(elapsedMillis, e.getMessage());
        }
        looked = true;
        lookedNanos = System.nanoTime();
        return event;
    }

    private Optional<Event> giveUp(long elapsedMillis, String why) {
        given = true;
        return Optional.of(
                new Event.Warning(
                        elapsedMillis,
                        "The phone's temperature and battery are not known: " + why,
                        "The run goes on without them; \"pocketllm phones read\" shows what the phone"
                                + " tells."));
    }

    /** Whether the phone was asked while the run went on. */
    boolean hasLooked() {
        return looked;
    }
}
