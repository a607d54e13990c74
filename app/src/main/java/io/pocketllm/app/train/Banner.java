package io.pocketllm.app.train;

import java.util.List;

/**
 * A message that stays in the page until something else happens: how a run ended, or what it warns
 * of.
 *
 * @param title one line
 * @param text what happened and what to do
 * @param actions buttons, the most helpful first
 */
public record Banner(Tone tone, String title, String text, List<Action> actions) {

    /** How serious it is; the words say it too, colour is never alone. */
    public enum Tone {
        /** Went well. */
        GOOD,
        /** Something to know. */
        NOTE,
        /** Ended by the phone or by numbers. */
        ALARM
    }

    /** What a button of a banner does. */
    public enum Action {
        /** Chooses a phone, or a budget, that holds what the run needed. */
        MORE_MEMORY("Try a phone with more memory"),
        /** Divides the learning rate by ten. */
        LOWER_LEARNING_RATE("Lower the learning rate"),
        /** Starts the same run again. */
        RUN_AGAIN("Run again"),
        /** Puts a report without personal paths on the clipboard. */
        COPY_REPORT("Copy report"),
        /** Puts the path of the run folder on the clipboard. */
        COPY_FOLDER("Copy folder path");

        private final String text;

        Action(String text) {
            this.text = text;
        }

        /** What the button says. */
        public String text() {
            return text;
        }
    }
}
