package io.pocketllm.phone;

import java.util.Locale;

/** The adb server answered FAIL; its words, and what they mean to a person. */
final class AdbFailure extends Exception {

    AdbFailure(String text) {
        super(text);
    }

    /** The failure of an operation on one phone. */
    PhoneException on(String serial) {
        String text = getMessage();
        String lower = text.toLowerCase(Locale.ROOT);
        String phone = "The phone " + serial;
        if (lower.contains("unauthorized")) {
            return state(phone, PhoneState.UNAUTHORIZED);
        }
        if (lower.contains("still authorizing")) {
            return state(phone, PhoneState.AUTHORIZING);
        }
        if (lower.contains("still connecting")) {
            return state(phone, PhoneState.CONNECTING);
        }
        if (lower.contains("offline")) {
            return state(phone, PhoneState.OFFLINE);
        }
        if (lower.contains("insufficient permissions") || lower.contains("no permissions")) {
            return state(phone, PhoneState.NO_PERMISSIONS);
        }
        if (lower.contains("not found") || lower.contains("no devices")) {
            return new PhoneException(
                    PhoneException.Reason.NO_PHONE,
                    phone + " is not connected.",
                    "Plug it in, or connect it over Wi-Fi: pocketllm phones connect HOST:PORT. \"pocketllm"
                            + " phones list\" shows what is there.");
        }
        if (lower.equals("closed")) {
            // Also where the cable is pulled while a request is on its way: a run is followed on.
            return new PhoneException(
                    PhoneException.Reason.LINK_LOST,
                    phone + " refused the request.",
                    "It may be in recovery, or its system too old. Plug it in again and try once more.");
        }
        return new PhoneException(
                PhoneException.Reason.REFUSED,
                phone + ": adb said: " + text,
                "Plug the phone in again and try once more.");
    }

    private static PhoneException state(String phone, PhoneState state) {
        return new PhoneException(
                PhoneException.Reason.NOT_READY,
                phone + " " + state.explanation() + ".",
                state.hint());
    }
}
