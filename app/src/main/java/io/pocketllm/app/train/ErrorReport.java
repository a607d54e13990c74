package io.pocketllm.app.train;

import io.pocketllm.run.RunFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A report a person can paste into a bug tracker: versions, settings, the last events, and no
 * personal paths.
 */
final class ErrorReport {

    private ErrorReport() {}

    /**
     * @param banner what a person was told; null for nothing
     * @param fault what was thrown; null for nothing
     */
    static String text(Banner banner, Throwable fault, RunFile file, List<String> lastEvents) {
        StringBuilder text = new StringBuilder("PocketLLM Workbench report\n\n");
        if (banner != null) {
            text.append(banner.title()).append('\n').append(banner.text()).append("\n\n");
        }
        if (fault != null) {
            StringWriter trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace));
            text.append(trace).append('\n');
        }
        Package own = ErrorReport.class.getPackage();
        line(
                text,
                "version",
                own.getImplementationVersion() == null ? "build" : own.getImplementationVersion());
        line(
                text,
                "system",
                property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        line(text, "Java", property("java.vendor") + " " + property("java.runtime.version"));
        line(text, "JavaFX", property("javafx.runtime.version"));
        line(text, "processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        if (file != null) {
            line(text, "phone", file.spec().device().profile());
            text.append("\nRun file\n").append(file.toJson());
        }
        text.append("\nLast ").append(lastEvents.size()).append(" events\n");
        lastEvents.forEach(event -> text.append(event).append('\n'));
        return withoutHome(
                text.toString(), property("user.home"), System.getenv().getOrDefault("HOME", ""));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-11s%s%n", name, value));
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    /** The text with every home folder shortened to ~. */
    static String withoutHome(String text, String... homes) {
        String shown = text;
        for (String home : homes) {
            if (home.length() > 1) {
                // JSON doubles the backslashes of a Windows path.
                shown = shown.replace(home, "~").replace(home.replace("\\", "\\\\"), "~");
            }
        }
        return shown;
    }
}
