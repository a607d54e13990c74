package io.pocketllm.app.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

/** What a report says about the program and the computer it runs on; nothing about its person. */
public final class Versions {

    private static final String UNKNOWN = "unknown";

    private Versions() {}

    /**
     * One line.
     *
     * @param name such as "Java"
     * @param value such as "25.0.1"
     */
    public record Fact(String name, String value) {}

    /** All lines, the program's own first. */
    public static List<Fact> facts() {
        Properties built = built();
        return List.of(
                new Fact("version", built.getProperty("program", UNKNOWN)),
                new Fact(
                        "system",
                        property("os.name")
                                + " "
                                + property("os.version")
                                + " "
                                + property("os.arch")),
                new Fact("Java", property("java.vendor") + " " + property("java.runtime.version")),
                new Fact("JavaFX", property("javafx.runtime.version")),
                new Fact("ONNX Runtime", built.getProperty("onnxruntime", UNKNOWN)),
                new Fact("processors", String.valueOf(Runtime.getRuntime().availableProcessors())));
    }

    /** The same as text, a line each. */
    public static String text() {
        StringBuilder text = new StringBuilder();
        for (Fact fact : facts()) {
            text.append(String.format("%-14s%s%n", fact.name(), fact.value()));
        }
        return text.toString();
    }

    private static String property(String name) {
        return System.getProperty(name, UNKNOWN);
    }

    private static Properties built() {
        Properties built = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            if (in != null) {
                built.load(in);
            }
        } catch (IOException | IllegalArgumentException e) {
            built.clear();
        }
        return built;
    }
}
