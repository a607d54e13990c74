package io.pocketllm.app.setup;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * One value a person types. What was typed stays as it is, right or wrong; where it is wrong the
 * field says why.
 */
public final class Field {

    /** Takes what was typed into the run. */
    @FunctionalInterface
    interface Check {
        /** The reason the text cannot be used, or an empty text where it was taken. */
        String take(String text);
    }

    private final String label;
    private final String help;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final BooleanProperty applicable = new SimpleBooleanProperty(true);
    private boolean showing;

    Field(String label, String help, Check check) {
        this.label = label;
        this.help = help;
        text.addListener(
                (p, before, now) -> {
                    if (!showing) {
                        error.set(check.take(now.strip()));
                    }
                });
    }

    /** Shows a value that is right already. */
    void show(String value) {
        showing = true;
        text.set(value);
        error.set("");
        showing = false;
    }

    /** Its name. */
    public String label() {
        return label;
    }

    /** What it does. */
    public String help() {
        return help;
    }

    /** What is typed. */
    public StringProperty textProperty() {
        return text;
    }

    /** Why it cannot be used; empty where it can. */
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /** Whether it changes anything in this run. */
    public BooleanProperty applicableProperty() {
        return applicable;
    }
}
