package io.pocketllm.app.help;

import io.pocketllm.run.Folders;
import java.util.List;

/** What the guide asks of the window. */
public interface HelpWishes {

    /**
     * Something to do, as the list of keys says it.
     *
     * @param key such as "Ctrl+R"; empty for none
     * @param what what it does
     */
    record KeyLine(String key, String what) {}

    /** Sets the ready-made run up, starts it and shows it. */
    void startSample();

    /** Lets the person choose a model, and shows it set up. */
    void openModel();

    /** Shows what fits where. */
    void showFits();

    /**
     * Puts text on the clipboard and says so.
     *
     * @param told what is said
     */
    void copy(String text, String told);

    /** A report for a bug tracker, without personal paths. */
    String report();

    /** The three folders the program writes to. */
    Folders folders();

    /** Everything there is to do, in the order of the list of keys. */
    List<KeyLine> keys();
}
