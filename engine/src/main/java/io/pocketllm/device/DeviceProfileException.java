package io.pocketllm.device;

/**
 * A device profile that is not there or cannot be used. The message names the file and the key,
 * says what was found and what is allowed, and ends with what to do.
 */
public final class DeviceProfileException extends Exception {

    private final String file;
    private final String key;
    private final String hint;

    DeviceProfileException(String file, String key, String problem, String hint) {
        super(file + (key.isEmpty() ? "" : ": " + key) + ": " + problem + ". " + hint);
        this.file = file;
        this.key = key;
        this.hint = hint;
    }

    /** The file, or the id, that was asked for. */
    public String file() {
        return file;
    }

    /**
     * The path of the key, such as {@code clusters[0].clockHertz.value}; empty where the file as a
     * whole is wrong.
     */
    public String key() {
        return key;
    }

    /** What is allowed and what to do about it: the end of the message. */
    public String hint() {
        return hint;
    }
}
