package io.pocketllm.app.launch;

import java.util.Locale;
import java.util.Map;

/** Whether there is a screen to open a window on. */
final class Display {

    private Display() {}

    static boolean isThere() {
        return isThere(
                System.getenv(),
                System.getProperty("os.name", ""),
                System.getProperty("glass.platform", ""));
    }

    /** Windows and macOS always have one; elsewhere X11 or Wayland says so in the environment. */
    static boolean isThere(Map<String, String> environment, String system, String glassPlatform) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("win")
                || name.contains("mac")
                || glassPlatform.equalsIgnoreCase("headless")) {
            return true;
        }
        return set(environment, "DISPLAY") || set(environment, "WAYLAND_DISPLAY");
    }

    private static boolean set(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }
}
