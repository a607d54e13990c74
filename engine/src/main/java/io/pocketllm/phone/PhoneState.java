package io.pocketllm.phone;

import java.util.Locale;

/** What the adb server says of a phone, and what a person can do about it. */
public enum PhoneState {
    /** Ready. */
    DEVICE("device", "ready", ""),
    /** Known but not answering. */
    OFFLINE(
            "offline",
            "does not answer",
            "Wait a few seconds. If it stays so: unlock the phone, plug the cable in again, or switch"
                    + " wireless debugging off and on."),
    /** The phone has not allowed this computer. */
    UNAUTHORIZED(
            "unauthorized",
            "has not allowed this computer yet",
            "Unlock the phone and tap \"Allow\" at the question \"Allow USB debugging?\". If no"
                    + " question comes: Developer options, \"Revoke USB debugging authorisations\", then"
                    + " plug it in again."),
    /** Keys are being compared. */
    AUTHORIZING(
            "authorizing",
            "is comparing keys with this computer",
            "Wait a moment; unlock the phone in case it asks something."),
    /** The link is being made. */
    CONNECTING("connecting", "is being connected", "Wait a moment."),
    /** This computer's user may not open the USB device. */
    NO_PERMISSIONS(
            "no permissions",
            "may not be opened by this user of the computer",
            "On Linux install the udev rules for Android (package android-sdk-platform-tools-common)"
                    + " and join the group plugdev, then log in again and plug the phone in again."),
    /** Started into recovery. */
    RECOVERY(
            "recovery",
            "is started into recovery mode",
            "Choose \"Reboot system now\" on the phone."),
    /** Waiting for an update over adb. */
    SIDELOAD(
            "sideload",
            "waits for an update (sideload)",
            "Leave the sideload screen on the phone and choose \"Reboot system now\"."),
    /** In the boot loader. */
    BOOTLOADER("bootloader", "is in its boot loader", "Choose \"Start\" on the phone."),
    /** In rescue mode. */
    RESCUE("rescue", "is in rescue mode", "Choose \"Reboot system now\" on the phone."),
    /** The other end is a computer. */
    HOST("host", "is a computer, not a phone", "Connect a phone."),
    /** Another program has taken the USB device. */
    DETACHED(
            "detached",
            "is held by another program",
            "Close the other program that uses this phone, or attach it again there."),
    /** A word this version does not know. */
    UNKNOWN(
            "",
            "is in a state that this version does not know",
            "Wait a moment, or plug the phone in again.");

    private final String word;
    private final String explanation;
    private final String hint;

    PhoneState(String word, String explanation, String hint) {
        this.word = word;
        this.explanation = explanation;
        this.hint = hint;
    }

    /** The adb server's word. */
    public String word() {
        return word;
    }

    /** For people, to follow the phone's name: "has not allowed this computer yet". */
    public String explanation() {
        return explanation;
    }

    /** What to do; empty where nothing is to be done. */
    public String hint() {
        return hint;
    }

    static PhoneState of(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith(NO_PERMISSIONS.word)) {
            return NO_PERMISSIONS;
        }
        for (PhoneState state : values()) {
            if (!state.word.isEmpty() && state.word.equals(lower)) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
