package io.pocketllm.app.help;

/** What becomes of a link that is pressed. */
interface LinkOpener {

    /** Opens a place of the guide, or copies an address. */
    void open(LinkTarget target);
}
