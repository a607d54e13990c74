package io.pocketllm.app.help;

/**
 * A place of the guide.
 *
 * @param page a page's id, such as "guide-train"
 * @param anchor a heading's anchor, such as "the-charts"; empty for the page's top
 */
public record Spot(String page, String anchor) {

    /** The top of a page. */
    public static Spot top(String page) {
        return new Spot(page, "");
    }
}
