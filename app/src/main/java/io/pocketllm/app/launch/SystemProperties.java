package io.pocketllm.app.launch;

import io.pocketllm.run.Folders;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Settings of the libraries below the window that have to be made before any of them loads. What a
 * person set on the command line stays.
 */
public final class SystemProperties {

    /** Held, or the logger would forget its level with its next collection. */
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private SystemProperties() {}

    /** Keeps every file the libraries write in the program's own cache. */
    public static void set(Folders folders) {
        put("javafx.cachedir", folders.cache().resolve("javafx").toString());
        put("jna.tmpdir", folders.cache().resolve("jna").toString());
        // The charts use AWT for shapes and fonts alone; it must not look for a screen of its own.
        put("java.awt.headless", "true");
        if (System.getProperty("os.name", "")
                .toLowerCase(java.util.Locale.ROOT)
                .contains("linux")) {
            // Drawing in software: graphics drivers keep a shader cache in the home folder, and
            // without a graphics card their
            // emulation takes the cores the run is measured on.
            put("prism.order", "sw");
        }
        // "Unsupported JavaFX configuration": the class path is what this program is started with
        // on purpose.
        JAVAFX.setLevel(Level.SEVERE);
    }

    private static void put(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
