package io.pocketllm.app.fake;

import io.pocketllm.app.chart.RunImage;
import java.io.IOException;
import java.nio.file.Path;

/** Draws the charts of run folders: RUN_DIR PICTURE.png, as often as wanted. For the docs. */
public final class DrawRuns {

    private DrawRuns() {}

    /** Draws them. */
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        for (int i = 0; i + 1 < args.length; i += 2) {
            RunImage.write(Path.of(args[i], "events.ndjson"), Path.of(args[i + 1]));
        }
    }
}
