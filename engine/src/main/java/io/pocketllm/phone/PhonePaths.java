package io.pocketllm.phone;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Paths on a phone, all below one folder of ours. */
public final class PhonePaths {

    /** The folder of ours: adb's shell may write and run programs there. */
    public static final String BASE = "/data/local/tmp/pocketllm";

    private static final int LONGEST_NAME_BYTES = 240;

    private PhonePaths() {}

    /**
     * The full path of a relative one.
     *
     * @throws PhoneException where it leads outside, or holds a name that no phone can keep
     */
    static String absolute(String relative) throws PhoneException {
        for (String name : relative.split("/", -1)) {
            if (!isName(name)) {
                throw new PhoneException(
                        PhoneException.Reason.REFUSED,
                        "\""
                                + relative
                                + "\" cannot be a path on the phone: the name \""
                                + name
                                + "\" is not allowed there.",
                        "Rename it: at most "
                                + LONGEST_NAME_BYTES
                                + " bytes, no slash, no line break, not \"..\".");
            }
        }
        return BASE + "/" + relative;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(Character::isISOControl)
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME_BYTES;
    }

    /** The path as one word without spaces, for the manifest. */
    static String encode(String relative) {
        return String.join(
                "/",
                List.of(relative.split("/", -1)).stream()
                        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .toList());
    }

    /** The other way; empty for what {@link #encode} did not write, which is then left alone. */
    static Optional<String> decode(String word) {
        try {
            String relative = URLDecoder.decode(word, StandardCharsets.UTF_8);
            absolute(relative);
            return Optional.of(relative);
        } catch (PhoneException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
