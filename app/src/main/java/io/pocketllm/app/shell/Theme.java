package io.pocketllm.app.shell;

/** Light, dark, or as the system is. */
public enum Theme {
    /** As the system is. */
    SYSTEM("Follow system"),
    /** Light whatever the system says. */
    LIGHT("Light"),
    /** Dark whatever the system says. */
    DARK("Dark");

    private final String text;

    Theme(String text) {
        this.text = text;
    }

    /** Its name in the menu. */
    public String text() {
        return text;
    }

    /** Whether the window is dark. */
    public boolean isDark(boolean systemIsDark) {
        return this == DARK || (this == SYSTEM && systemIsDark);
    }
}
