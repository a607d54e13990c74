package io.pocketllm.app.phones;

import io.pocketllm.device.DeviceProfile;
import io.pocketllm.phone.ConnectedPhone;
import io.pocketllm.phone.PhoneReading;
import java.util.List;
import java.util.Locale;

/** What a phone is called: by a profile that knows its model code, else as it calls itself. */
final class PhoneNaming {

    private PhoneNaming() {}

    /**
     * @param before what it was called until now, kept where adb tells no model; empty for nothing
     */
    static String of(ConnectedPhone phone, List<DeviceProfile> known, String before) {
        String model = phone.model().replace('_', ' ');
        if (model.isEmpty()) {
            return before.isEmpty() ? "Phone " + phone.serial() : before;
        }
        return marketing(model, known, model);
    }

    static String of(PhoneReading reading, List<DeviceProfile> known, String before) {
        if (!reading.model().isTold()) {
            return before;
        }
        String model = reading.model().value();
        String maker = reading.maker().isTold() ? reading.maker().value() : "";
        boolean twice =
                maker.isEmpty()
                        || model.toLowerCase(Locale.ROOT)
                                .startsWith(maker.toLowerCase(Locale.ROOT));
        return marketing(model, known, twice ? model : maker + " " + model);
    }

    private static String marketing(String code, List<DeviceProfile> known, String otherwise) {
        return known.stream()
                .filter(p -> p.modelCodes().contains(code))
                .map(p -> p.name().replaceFirst(",? \\d+ GB", ""))
                .findFirst()
                .orElse(otherwise);
    }

    /** Over what it is connected. */
    static String link(ConnectedPhone phone) {
        if (!phone.usb().isEmpty()) {
            return "USB";
        }
        boolean network =
                phone.serial().matches(".*:\\d{1,5}") || phone.serial().contains("._adb-tls");
        return network ? "Wi-Fi" : phone.serial().startsWith("emulator-") ? "emulator" : "USB";
    }

    /**
     * Whether two serials are one phone whose port changed. This computer's own address stands for
     * any number of emulators.
     */
    static boolean isSameHost(String one, String other) {
        String host = host(one);
        return !host.isEmpty() && !host.startsWith("127.") && host.equals(host(other));
    }

    private static String host(String serial) {
        return serial.matches(".+:\\d{1,5}") ? serial.substring(0, serial.lastIndexOf(':')) : "";
    }
}
