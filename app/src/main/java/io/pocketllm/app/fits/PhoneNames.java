package io.pocketllm.app.fits;

import io.pocketllm.device.DeviceProfile;

/** Names of phones where their memory stands beside them. */
final class PhoneNames {

    private PhoneNames() {}

    /** Without the memory that some names have in them. */
    static String full(DeviceProfile phone) {
        return phone.name().replaceFirst(",? \\d+ GB", "");
    }

    /** Without the maker too, where the name is well known without: for a narrow column. */
    static String brief(DeviceProfile phone) {
        return full(phone).replaceFirst("^(OPPO|Samsung|Google) ", "");
    }
}
