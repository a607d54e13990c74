package io.pocketllm.phone;

import java.util.Locale;

/** What the adb server says after {@code connect} and {@code pair}, told apart by its words. */
final class NetworkAnswers {

    private NetworkAnswers() {}

    /** The words where they mean success. */
    static String connected(PhoneAddress address, String text) throws PhoneException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("connected to") || lower.startsWith("already connected to")) {
            return text.strip();
        }
        if (lower.contains("failed to authenticate")) {
            throw new PhoneException(
                    PhoneException.Reason.NOT_READY,
                    "The phone " + address + " " + PhoneState.UNAUTHORIZED.explanation() + ".",
                    PhoneState.UNAUTHORIZED.hint());
        }
        if (lower.contains("refused")) {
            throw refused(
                    "Nothing listens at " + address + ".",
                    "Is wireless debugging switched on? Its port changes each time; read it again on"
                            + " the phone (not the port of the pairing window).");
        }
        if (lower.contains("resolve")
                || lower.contains("not known")
                || lower.contains("no address")) {
            throw refused(
                    "There is no host \"" + address.host() + "\".",
                    "Write the address that the phone shows under Wireless debugging.");
        }
        if (lower.contains("timed out") || lower.startsWith("failed to connect to")) {
            throw refused(
                    "The phone at " + address + " does not answer.",
                    "Are this computer and the phone in the same Wi-Fi? Some guest networks keep"
                            + " devices apart.");
        }
        throw refused("adb said: " + text, "Read the address on the phone again.");
    }

    /** The words where they mean success. */
    static String paired(PhoneAddress address, String text) throws PhoneException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("successfully paired")) {
            return text.strip();
        }
        if (lower.contains("wrong password")) {
            throw refused(
                    "The pairing code is wrong, or the phone closed its pairing window.",
                    "A code is used once: open \"Pair device with pairing code\" on the phone again and"
                            + " type the new code and the new port.");
        }
        if (lower.contains("unable to start pairing")) {
            throw refused(
                    "Nothing waits for a pairing at " + address + ".",
                    "Use the port of the pairing window, which is not the port for connecting, and"
                            + " keep that window open.");
        }
        if (lower.contains("unknown host service")) {
            throw refused(
                    "This adb server is too old to pair.",
                    "Install platform-tools 30 or newer, or connect with a cable.");
        }
        throw refused("adb said: " + text, "Open the pairing window on the phone again.");
    }

    /** The code, where it is one. */
    static String pairingCode(String code) throws PhoneException {
        String stripped = code.strip();
        if (!stripped.matches("\\d{6}")) {
            throw refused(
                    "\"" + code + "\" is no pairing code.",
                    "Type the six digits that the phone shows.");
        }
        return stripped;
    }

    private static PhoneException refused(String message, String hint) {
        return new PhoneException(PhoneException.Reason.REFUSED, message, hint);
    }
}
