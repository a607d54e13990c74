package io.pocketllm.run;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The only three folders the program writes to.
 *
 * <p>{@code POCKETLLM_HOME} puts all three under one folder; without it they follow the system's
 * own customs (XDG on Linux, {@code ~/Library} on macOS, {@code %LOCALAPPDATA%} on Windows).
 *
 * @param cache what can be made again: the unpacked model, native libraries
 * @param runs one folder a run
 * @param settings window size, recent files, user profiles
 */
public record Folders(Path cache, Path runs, Path settings) {

    /** The folders of this user on this system. */
    public static Folders ofUser() {
        return of(
                System.getenv(),
                System.getProperty("os.name", ""),
                System.getProperty("user.home", "."));
    }

    static Folders of(Map<String, String> environment, String system, String userHome) {
        String own = environment.get("POCKETLLM_HOME");
        if (own != null && !own.isBlank()) {
            return under(Path.of(own));
        }
        // HOME before user.home: the JVM takes the latter from the password file, which a sandbox
        // does not change.
        String variable = environment.getOrDefault("HOME", "");
        Path home = Path.of(variable.isBlank() ? userHome : variable);
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            Path library = home.resolve("Library");
            Path support = library.resolve("Application Support/PocketLLM");
            return new Folders(
                    library.resolve("Caches/PocketLLM"),
                    support.resolve("runs"),
                    support.resolve("settings"));
        }
        if (name.contains("win")) {
            Path local =
                    Path.of(
                            environment.getOrDefault(
                                    "LOCALAPPDATA", home.resolve("AppData/Local").toString()));
            return under(local.resolve("PocketLLM"));
        }
        return new Folders(
                xdg(environment, "XDG_CACHE_HOME", home.resolve(".cache")),
                xdg(environment, "XDG_DATA_HOME", home.resolve(".local/share")).resolve("runs"),
                xdg(environment, "XDG_CONFIG_HOME", home.resolve(".config")));
    }

    /** All three under {@code root}. */
    public static Folders under(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        return new Folders(
                absolute.resolve("cache"), absolute.resolve("runs"), absolute.resolve("settings"));
    }

    private static Path xdg(Map<String, String> environment, String variable, Path fallback) {
        String value = environment.get(variable);
        // The XDG specification: a relative path there is invalid and to be ignored.
        boolean usable = value != null && !value.isBlank() && Path.of(value).isAbsolute();
        return (usable ? Path.of(value) : fallback).resolve("pocketllm");
    }
}
