package io.pocketllm.app.chart;

import java.awt.Color;
import java.awt.Font;

/**
 * The charts' colours. Told apart by people who see red and green alike: blue, green and orange
 * differ in lightness too, and each line has its own dash or marker.
 *
 * @param surface behind the chart
 * @param grid grid lines
 * @param ink titles
 * @param mutedInk tick labels, at least 4.5 : 1 on the surface
 * @param loss smoothed training loss
 * @param rawLoss every step's training loss, behind
 * @param heldOutLoss held-out loss
 * @param accuracy held-out accuracy
 * @param reference the first-order result
 * @param memory resident set
 * @param memoryFill under it
 * @param alarm the budget, a kill, a divergence
 * @param textSize of labels and notes, logical pixels
 */
public record Palette(
        Color surface,
        Color grid,
        Color ink,
        Color mutedInk,
        Color loss,
        Color rawLoss,
        Color heldOutLoss,
        Color accuracy,
        Color reference,
        Color memory,
        Color memoryFill,
        Color alarm,
        int textSize) {

    private static final int USUAL_TEXT = 11;

    /** On a white surface. */
    public static final Palette LIGHT =
            new Palette(
                    new Color(0xFFFFFF),
                    new Color(0xE3E6EA),
                    new Color(0x1A1D21),
                    new Color(0x5B6470),
                    new Color(0x1F6FEB),
                    new Color(0xC3D0E2),
                    new Color(0xB4560B),
                    new Color(0x12805A),
                    new Color(0x0E6A4A),
                    new Color(0x7447C9),
                    new Color(0xE6DCF7),
                    new Color(0xC9302C),
                    USUAL_TEXT);

    /** On a nearly black surface. */
    public static final Palette DARK =
            new Palette(
                    new Color(0x1C2025),
                    new Color(0x2C323A),
                    new Color(0xE8EAED),
                    new Color(0x9AA3AE),
                    new Color(0x5B9BFF),
                    new Color(0x4B5A70),
                    new Color(0xF0A04B),
                    new Color(0x3DBE8B),
                    new Color(0x6FD3AC),
                    new Color(0xB794F4),
                    new Color(0x3A3154),
                    new Color(0xFF6B66),
                    USUAL_TEXT);

    /**
     * The same colours with other text.
     *
     * @param percent 100 for the usual size
     */
    public Palette withText(int percent) {
        return new Palette(
                surface,
                grid,
                ink,
                mutedInk,
                loss,
                rawLoss,
                heldOutLoss,
                accuracy,
                reference,
                memory,
                memoryFill,
                alarm,
                Math.round(USUAL_TEXT * percent / 100f));
    }

    /** Whether these are the colours for a dark window. */
    public boolean isDark() {
        return surface.equals(DARK.surface);
    }

    Font font() {
        return new Font(Font.SANS_SERIF, Font.PLAIN, textSize);
    }

    /** How much larger than usual the text is. */
    double textScale() {
        return (double) textSize / USUAL_TEXT;
    }
}
