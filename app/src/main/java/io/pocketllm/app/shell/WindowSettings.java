package io.pocketllm.app.shell;

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

    /** Remembers the size, points. */
    public void saveSize(double width, double height) {
        values.setProperty("width", String.valueOf(width));
        values.setProperty("height", String.valueOf(height));
        save();
    }

    /** Models used last. */
    public RecentPaths recentModels() {
        return new RecentPaths() {
            @Override
            public List<String> all() {
                return IntStream.range(0, MOST)
                        .mapToObj(i -> values.getProperty("model." + i, ""))
                        .filter(path -> !path.isBlank())
                        .toList();
            }

            @Override
            public void add(String path) {
                List<String> now = RecentPaths.with(all(), path);
                for (int i = 0; i < now.size(); i++) {
                    values.setProperty("model." + i, now.get(i));
                }
                save();
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
