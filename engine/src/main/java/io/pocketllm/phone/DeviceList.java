package io.pocketllm.phone;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the adb server answers to {@code host:devices-l} and {@code host:track-devices-l}. */
final class DeviceList {

    /** The serial may hold spaces (mDNS names do), so the known states are what is looked for. */
    private static final Pattern LINE =
            Pattern.compile(
                    "(?<serial>.+?)\\s+(?<state>device|offline|unauthorized|authorizing|connecting"
                            + "|recovery|sideload|bootloader|rescue|host|detached"
                            + "|no permissions.*?)(?<keys>(\\s+[a-z_]+:\\S+)*)\\s*");

    /** A state this version does not know is still shown. */
    private static final Pattern OTHER =
            Pattern.compile("(?<serial>\\S+)\\s+(?<state>\\S.*?)(?<keys>(\\s+[a-z_]+:\\S+)*)\\s*");

    private DeviceList() {}

    /** Every phone of the list, in the server's order; a line that says nothing is passed over. */
    static List<ConnectedPhone> parse(String text) {
        List<ConnectedPhone> phones = new ArrayList<>();
        for (String line : text.split("\n")) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() || (matcher = OTHER.matcher(line)).matches()) {
                phones.add(phone(matcher));
            }
        }
        return phones;
    }

    private static ConnectedPhone phone(Matcher line) {
        String keys = line.group("keys");
        String state = line.group("state").strip();
        return new ConnectedPhone(
                line.group("serial").strip(),
                PhoneState.of(state),
                state,
                value(keys, "product"),
                value(keys, "model"),
                value(keys, "device"),
                value(keys, "usb"));
    }

    private static String value(String keys, String key) {
        Matcher matcher = Pattern.compile("\\s" + key + ":(\\S+)").matcher(keys);
        return matcher.find() ? matcher.group(1) : "";
    }
}
