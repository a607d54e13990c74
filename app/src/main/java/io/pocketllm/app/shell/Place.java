package io.pocketllm.app.shell;

/** A page of the window. */
public enum Place {
    /** One run: set up, started, watched. */
    TRAIN("Train"),
    /** All runs there are. */
    RUNS("Runs"),
    /** Models, bases and methods against phones. */
    FITS("What fits"),
    /** Real phones. */
    PHONES("Phones"),
    /** The program's own guide. */
    HELP("Help");

    private final String text;

    Place(String text) {
        this.text = text;
    }

    /** Its name on the tab. */
    public String text() {
        return text;
    }
}
