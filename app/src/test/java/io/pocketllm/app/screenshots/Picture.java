package io.pocketllm.app.screenshots;

import java.util.Locale;

/**
 * One picture of the guide.
 *
 * @param percent pixels a point: 100 for one, 150 for one and a half
 */
record Picture(Scene scene, boolean dark, int percent) {

    /** Width of the window in points. */
    static final int WIDTH = 1280;

    /** Height of the window in points. */
    static final int HEIGHT = 800;

    /** Such as {@code runs-dark.png} or {@code runs-dark-150.png}. */
    String fileName() {
        return scene.name().toLowerCase(Locale.ROOT).replace('_', '-')
                + (dark ? "-dark" : "-light")
                + (percent == 100 ? "" : "-" + percent)
                + ".png";
    }

    int pixelWidth() {
        return WIDTH * percent / 100;
    }

    int pixelHeight() {
        return HEIGHT * percent / 100;
    }
}
