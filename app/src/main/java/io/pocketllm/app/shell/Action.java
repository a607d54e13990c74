package io.pocketllm.app.shell;

import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyCode;

/**
 * Something a person can do by a key; the one list of these makes the keys work and fills the list
 * of keys.
 *
 * @param name what it does, for people
 * @param key the key, or null for none
 * @param withShortcut whether Ctrl (Command on a Mac) is held. A key without it is left to the text
 *     field being typed in
 * @param enabled whether it does something now
 * @param run does it
 */
public record Action(
        String name, KeyCode key, boolean withShortcut, BooleanSupplier enabled, Runnable run) {

    /** An action that is found by searching alone. */
    static Action withoutKey(String name, BooleanSupplier enabled, Runnable run) {
        return new Action(name, null, false, enabled, run);
    }

    /** The key as it is printed: "Ctrl+R", "Space", "?"; empty for none. */
    public String keyText() {
        if (key == null) {
            return "";
        }
        String name =
                switch (key) {
                    case F1 -> withShortcut ? "F1" : "?";
                    case PERIOD -> ".";
                    case PLUS -> "+";
                    case MINUS -> "−";
                    default -> key.getName();
                };
        return withShortcut ? "Ctrl+" + name : name;
    }

    /** Whether a key press means this action. */
    public boolean matches(
            KeyCode pressed, String text, boolean shortcutDown, boolean otherModifier) {
        if (key == KeyCode.F1 && !withShortcut && "?".equals(text)) {
            // Where the question mark is depends on the keyboard; only its text is sure.
            return true;
        }
        return key != null && means(pressed) && shortcutDown == withShortcut && !otherModifier;
    }

    /** Plus, minus and the digits are on two places of most keyboards. */
    private boolean means(KeyCode pressed) {
        return switch (key) {
            case PLUS ->
                    pressed == KeyCode.PLUS || pressed == KeyCode.EQUALS || pressed == KeyCode.ADD;
            case MINUS -> pressed == KeyCode.MINUS || pressed == KeyCode.SUBTRACT;
            case DIGIT0 -> pressed == KeyCode.DIGIT0 || pressed == KeyCode.NUMPAD0;
            default -> pressed == key;
        };
    }
}
