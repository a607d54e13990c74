package io.pocketllm.app.shell;

import io.pocketllm.app.runs.Remembered;
import io.pocketllm.app.setup.RecentPaths;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.UserProfiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * What the window remembers between two starts: theme, size and the models used last. A file that
 * is missing or broken gives the defaults; one that cannot be written is passed over, since nothing
 * of worth is lost.
 */
public final class WindowSettings {

    /** Width and height a new window opens with, points. */
    public static final double DEFAULT_WIDTH = 1280;

    /** See {@link #DEFAULT_WIDTH}. */
    public static final double DEFAULT_HEIGHT = 800;

    private final Path folder;
    private final Path file;
    private final Properties values = new Properties();

    /**
     * @param folder the settings folder; made when something is saved
     */
    public WindowSettings(Path folder) {
        this.folder = folder;
        file = folder.resolve("window.properties");
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            values.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            values.clear();
        }
    }

    /** A person's own phones; run files find them in the same place. */
    public UserProfiles ownPhones() {
        return DeviceCatalogue.userProfiles(folder.resolve("devices"));
    }

    /** The theme chosen last. */
    public Theme theme() {
        try {
            return Theme.valueOf(values.getProperty("theme", Theme.SYSTEM.name()));
        } catch (IllegalArgumentException e) {
            return Theme.SYSTEM;
        }
    }

    /** Width the window had, points. */
    public double width() {
        return number("width", DEFAULT_WIDTH);
    }

    /** Height the window had, points. */
    public double height() {
        return number("height", DEFAULT_HEIGHT);
    }

    private double number(String key, double fallback) {
        try {
            return Math.clamp(Double.parseDouble(values.getProperty(key, "")), 200, 20_000);
        } catch (IllegalArgumentException e) {
            return fallback;
        }
    }

    /** Remembers the theme. */
    public void saveTheme(Theme theme) {
        values.setProperty("theme", theme.name());
        save();
    }

    /** Remembers the size, points, and whatever else was to be kept. */
    public void saveSize(double width, double height) {
        values.setProperty("width", String.valueOf(width));
        values.setProperty("height", String.valueOf(height));
        save();
    }

    /** A number between two bounds, or the fallback where there is none. */
    double number(String key, double fallback, double least, double most) {
        try {
            double value = Double.parseDouble(values.getProperty(key, ""));
            return value >= least && value <= most ? value : fallback;
        } catch (NumberFormatException e) {
            return fallback;
        }
    }

    /** Whether something was switched on. */
    boolean flag(String key) {
        return Boolean.parseBoolean(values.getProperty(key, "false"));
    }

    /** A word; empty where there is none. */
    String word(String key) {
        return values.getProperty(key, "");
    }

    /** Keeps a value; written with the window's size. */
    void remember(String key, Object value) {
        values.setProperty(key, String.valueOf(value));
    }

    /** Models used last. */
    public RecentPaths recentModels() {
        return recent("model.");
    }

    /** Run files opened last. */
    public RecentPaths recentRuns() {
        return recent("run.");
    }

    private RecentPaths recent(String prefix) {
        return new RecentPaths() {
            @Override
            public List<String> all() {
                return IntStream.range(0, MOST)
                        .mapToObj(i -> values.getProperty(prefix + i, ""))
                        .filter(path -> !path.isBlank())
                        .toList();
            }

            @Override
            public void add(String path) {
                List<String> now = RecentPaths.with(all(), path);
                for (int i = 0; i < now.size(); i++) {
                    values.setProperty(prefix + i, now.get(i));
                }
                save();
            }
        };
    }

    /** Small texts of one place of the window, told apart by a word in front of their keys. */
    public Remembered remembered(String place) {
        return new Remembered() {
            @Override
            public String get(String key) {
                return values.getProperty(place + "." + key, "");
            }

            @Override
            public void put(String key, String value) {
                if (!value.equals(values.setProperty(place + "." + key, value))) {
                    save();
                }
            }
        };
    }

    private void save() {
        try {
            Files.createDirectories(file.getParent());
            try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                values.store(writer, "PocketLLM Workbench");
            }
        } catch (IOException e) {
            // A read-only home: the window works without a memory.
        }
    }
}
