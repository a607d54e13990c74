package io.pocketllm.phone;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Quotes words for a POSIX shell, which is what reads every command on a phone. The one place where
 * outside text comes near a shell.
 *
 * <p>Inside single quotes a shell takes every byte as it is, up to the next single quote; that one
 * is written outside, with a backslash. So any text is safe but NUL, which ends a command, and text
 * that is no UTF-8.
 */
final class ShellWords {

    private ShellWords() {}

    /**
     * One word.
     *
     * @throws PhoneException where no shell could be given this text
     */
    static String quote(String text) throws PhoneException {
        if (text.indexOf('\0') >= 0 || !isUnicode(text)) {
            throw new PhoneException(
                    PhoneException.Reason.REFUSED,
                    "\"" + text + "\" holds characters that no phone can be told.",
                    "Rename the file: letters, digits, dots and dashes are safe everywhere.");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Words with a space between each. */
    static String join(List<String> words) throws PhoneException {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.isEmpty() ? "" : " ").append(quote(word));
        }
        return line.toString();
    }

    private static boolean isUnicode(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
