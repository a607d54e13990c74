package io.pocketllm.phone;

import java.io.IOException;

/**
 * Something between this computer and a phone that did not work. The message says what happened,
 * the hint what to do, often on the phone itself.
 */
public final class PhoneException extends IOException {

    private static final int SHOWN_CHARS = 1000;

    /** What kind of trouble, for programs; people read message and hint. */
    public enum Reason {
        /** There is no adb program, or it could not start the adb server. */
        NO_ADB,
        /** No phone, or not the one that was asked for. */
        NO_PHONE,
        /** The phone is there but not usable yet: unauthorized, offline, in recovery ... */
        NOT_READY,
        /** The connection ended in the middle; trying again may help. */
        LINK_LOST,
        /** Nothing came for longer than the operation may be silent. */
        TIMED_OUT,
        /** A person cancelled. */
        CANCELLED,
        /** The phone's storage is too full. */
        NO_ROOM,
        /** What arrived is not what was sent. */
        DAMAGED,
        /** The phone or the adb server said no. */
        REFUSED,
        /** This phone cannot do what is asked, now or ever. */
        UNFIT
    }

    private final Reason reason;
    private final String hint;

    /**
     * @param message what happened, a sentence
     * @param hint what to do about it
     */
    public PhoneException(Reason reason, String message, String hint) {
        super(shown(message));
        this.reason = reason;
        this.hint = hint;
    }

    /** One line, and no control characters: part of it may come from a phone. */
    static String shown(String text) {
        String clean = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return clean.length() > SHOWN_CHARS ? clean.substring(0, SHOWN_CHARS - 3) + "..." : clean;
    }

    /** What kind of trouble. */
    public Reason reason() {
        return reason;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }

    /** True where the same may work once the phone is connected again. */
    public boolean mayPass() {
        return reason == Reason.LINK_LOST
                || reason == Reason.TIMED_OUT
                || reason == Reason.NO_PHONE
                || reason == Reason.NOT_READY
                || reason == Reason.NO_ADB;
    }
}
