package io.pocketllm.app.setup;

import io.pocketllm.run.RunFileException;

/** What the engine refuses, in the words of the card or field it is shown at. */
final class RefusalText {

    private RefusalText() {}

    static String of(RunFileException e) {
        return (e.getMessage() + ". " + e.hint()).strip();
    }

    /** At a field neither the file nor the key needs saying: both are in sight. */
    static String atField(RunFileException e, String fileName) {
        String key = e.key();
        String message = e.getMessage();
        String prefix = fileName + ": " + key + ": ";
        String label = key.substring(key.lastIndexOf('.') + 1);
        for (Setting setting : Setting.values()) {
            label = setting.key().equals(key) ? setting.label() : label;
        }
        for (PhoneSetting setting : PhoneSetting.values()) {
            label = setting.key().equals(key) ? setting.label() : label;
        }
        return (message.startsWith(prefix)
                        ? label + " " + message.substring(prefix.length())
                        : message)
                + ". "
                + e.hint();
    }

    /** At a card the key is in sight, and the file's name is not what went wrong. */
    static String atCard(RunFileException e, String fileName) {
        String prefix = fileName + ": " + e.key() + ": ";
        String text = of(e);
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }
}
