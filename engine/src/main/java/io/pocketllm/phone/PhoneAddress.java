package io.pocketllm.phone;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a phone listens for wireless debugging.
 *
 * @param host name, IPv4 address, or IPv6 address in brackets
 * @param port 1 to 65535
 */
public record PhoneAddress(String host, int port) {

    private static final Pattern FORM =
            Pattern.compile(
                    "([A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9]{1,16})?]):(\\d{1,5})");

    /**
     * Reads {@code HOST:PORT}.
     *
     * @throws PhoneException where it is something else
     */
    public static PhoneAddress parse(String text) throws PhoneException {
        Matcher matcher = FORM.matcher(text.strip());
        int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
        if (port < 1 || port > 65535) {
            throw new PhoneException(
                    PhoneException.Reason.REFUSED,
                    "\"" + text + "\" is no address of a phone.",
                    "Write HOST:PORT as the phone shows it under Developer options, Wireless"
                            + " debugging, such as 192.168.1.20:37123.");
        }
        return new PhoneAddress(matcher.group(1), port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
