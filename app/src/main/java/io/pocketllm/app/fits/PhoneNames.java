package io.pocketllm.app.fits;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;

/** Names of phones where their memory stands beside them. */
final class PhoneNames {

    private PhoneNames() {}

    /** Without the memory that some names have in them. */
    static String full(DeviceProfile phone) {
        return phone.name().replaceFirst(",? \\d+ GB", "");
    }

    /** For the head of a narrow column: the brief name over memory and region. */
    static String head(DeviceProfile phone) {
        String name = brief(phone);
        int region = name.endsWith(")") ? name.lastIndexOf(" (") : -1;
        String memory = Units.nominalGigabytes(phone.ramBytes());
        return region < 0
                ? name + "\n" + memory
                : name.substring(0, region)
                        + "\n"
                        + memory
                        + ", "
                        + name.substring(region + 2, name.length() - 1);
    }

    /** Without the maker too, where the name is well known without: for a narrow column. */
    static String brief(DeviceProfile phone) {
        return full(phone).replaceFirst("^(OPPO|Samsung|Google) ", "");
    }
}
