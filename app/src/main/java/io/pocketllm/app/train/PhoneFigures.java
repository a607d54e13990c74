package io.pocketllm.app.train;

import io.pocketllm.run.Event;

/** What a run last said about its simulated phone. Plain data, gathered from events. */
public final class PhoneFigures {

    private final String phoneName;
    private Event.Started started;
    private Event.Phone phone;
    private Event.Killed killed;
    private long rssBytes;
    private String waitsFor;

    /**
     * @param phoneName the phone the run was started for; empty for none
     */
    public PhoneFigures(String phoneName) {
        this.phoneName = phoneName;
    }

    /** The phone the run was started for; empty for none. */
    public String phoneName() {
        return phoneName;
    }

    /** Takes one event. */
    public void accept(Event event) {
        switch (event) {
            case Event.Started e -> started = e;
            case Event.Phone e -> {
                phone = e;
                waitsFor = e.pausedBy();
            }
            case Event.Memory e -> rssBytes = e.rssBytes();
            case Event.Paused e -> waitsFor = e.reason();
            case Event.Resumed e -> waitsFor = null;
            case Event.Killed e -> {
                killed = e;
                rssBytes = e.rssBytes();
            }
            default -> {
                // Says nothing about the phone.
            }
        }
        if (event.isLast()) {
            waitsFor = null;
        }
    }

    /** What the run said when it began, or null. */
    public Event.Started started() {
        return started;
    }

    /** The latest state of the phone, or null. */
    public Event.Phone phone() {
        return phone;
    }

    /** How the phone killed the run; null where it did not. */
    public Event.Killed killed() {
        return killed;
    }

    /** The run's resident set as last seen, bytes; 0 before the first reading. */
    public long rssBytes() {
        return rssBytes;
    }

    /**
     * Why the phone makes the run wait, a word of {@link io.pocketllm.run.PauseReason}, or null.
     */
    public String waitsFor() {
        return waitsFor;
    }
}
