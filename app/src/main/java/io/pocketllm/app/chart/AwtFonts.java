package io.pocketllm.app.chart;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.nio.file.Path;

/**
 * Loads Java's own font list once, early.
 *
 * <p>On Linux the first use of a font makes Java write a list of the system's fonts to {@code
 * .java/fonts} under the property {@code user.home}. The program writes nowhere but in its own
 * folders, so that property points to the cache while it happens.
 */
public final class AwtFonts {

    private AwtFonts() {}

    /**
     * @param cache the folder the list may be kept in
     */
    public static void load(Path cache) {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", cache.resolve("awt").toString());
        try {
            ChartParts.TICK_FONT.getLineMetrics("0", new FontRenderContext(null, true, true));
            new Font(Font.SANS_SERIF, Font.BOLD, 12)
                    .getLineMetrics("0", new FontRenderContext(null, true, true));
        } catch (RuntimeException | LinkageError | InternalError e) {
            // No fonts: drawing says so in words when it comes to that.
        } finally {
            System.setProperty("user.home", home);
        }
    }
}
