package io.pocketllm.phone;

/**
 * A value that a phone told, or why it did not.
 *
 * @param value null where the phone did not tell it
 * @param reason why not; null where there is a value
 */
public record Told<T>(T value, String reason) {

    static <T> Told<T> value(T value) {
        return new Told<>(value, null);
    }

    static <T> Told<T> missing(String reason) {
        return new Told<>(null, reason);
    }

    /** True where there is a value. */
    public boolean isTold() {
        return value != null;
    }
}
