package io.pocketllm.app.runs;

/** Small texts that outlive the window. */
public interface Remembered {

    /** What was kept under a key; empty for nothing. */
    String get(String key);

    /** Keeps a text. */
    void put(String key, String value);

    /** Forgets everything when the window closes. */
    static Remembered untilClosed() {
        java.util.Map<String, String> values = new java.util.HashMap<>();
        return new Remembered() {
            @Override
            public String get(String key) {
                return values.getOrDefault(key, "");
            }

            @Override
            public void put(String key, String value) {
                values.put(key, value);
            }
        };
    }
}
