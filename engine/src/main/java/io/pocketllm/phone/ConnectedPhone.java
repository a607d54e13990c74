package io.pocketllm.phone;

/**
 * One line of the adb server's list.
 *
 * @param serial what adb calls the phone: a USB serial number, {@code HOST:PORT}, or an mDNS name
 * @param state its state
 * @param stateText the server's own words, which say more for {@code no permissions} and unknown
 *     states
 * @param product such as {@code CPH2251}; empty while the phone is not ready
 * @param model such as {@code CPH2251}, with underscores for spaces
 * @param device such as {@code OP4F2F}
 * @param usb where it is plugged in; empty over the network
 */
public record ConnectedPhone(
        String serial,
        PhoneState state,
        String stateText,
        String product,
        String model,
        String device,
        String usb) {

    /** Model and serial for people; only the serial while the model is not known. */
    public String label() {
        return PhoneException.shown(
                model.isEmpty() ? serial : model.replace('_', ' ') + " (" + serial + ")");
    }

    /**
     * Passes where the phone is ready.
     *
     * @throws PhoneException saying why not and what to do on the phone
     */
    public void requireReady() throws PhoneException {
        if (state != PhoneState.DEVICE) {
            String words = state == PhoneState.UNKNOWN ? " (\"" + stateText + "\")" : "";
            throw new PhoneException(
                    PhoneException.Reason.NOT_READY,
                    label() + " " + state.explanation() + words + ".",
                    state.hint());
        }
    }
}
