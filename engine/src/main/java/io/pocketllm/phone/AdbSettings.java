package io.pocketllm.phone;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the adb server listens and which program starts one.
 *
 * @param program the adb program, or empty to look for it
 * @param port port of the adb server on this computer
 * @param environment variables for a server that is started, over those of this process
 */
public record AdbSettings(Optional<Path> program, int port, Map<String, String> environment) {

    /** Where every adb server listens unless told otherwise. */
    public static final int DEFAULT_PORT = 5037;

    public AdbSettings {
        environment = Map.copyOf(environment);
    }

    /**
     * What this user's environment says: {@code POCKETLLM_ADB} names the program, {@code
     * ANDROID_ADB_SERVER_PORT} the port.
     */
    public static AdbSettings ofUser() {
        return of(System.getenv());
    }

    static AdbSettings of(Map<String, String> environment) {
        String port = environment.getOrDefault("ANDROID_ADB_SERVER_PORT", "");
        boolean usable = port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65535;
        return new AdbSettings(
                find(environment, System.getProperty("os.name", "")),
                usable && Integer.parseInt(port) > 0 ? Integer.parseInt(port) : DEFAULT_PORT,
                Map.of());
    }

    /** The program that is named, else the first of the usual places that has one. */
    static Optional<Path> find(Map<String, String> environment, String system) {
        String named = environment.getOrDefault("POCKETLLM_ADB", "");
        if (!named.isBlank()) {
            // Not looked at yet: starting it says what is wrong with it.
            return path(named);
        }
        String os = system.toLowerCase(Locale.ROOT);
        String file = os.contains("win") ? "adb.exe" : "adb";
        List<String> folders = new ArrayList<>();
        folders.addAll(List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator)));
        for (String variable : new String[] {"ANDROID_HOME", "ANDROID_SDK_ROOT"}) {
            if (environment.containsKey(variable)) {
                folders.add(environment.get(variable) + "/platform-tools");
            }
        }
        String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
        folders.add(home + "/Android/Sdk/platform-tools");
        folders.add(home + "/Library/Android/sdk/platform-tools");
        folders.add(environment.getOrDefault("LOCALAPPDATA", home) + "/Android/Sdk/platform-tools");
        folders.add("/usr/lib/android-sdk/platform-tools");
        for (String folder : folders) {
            Optional<Path> candidate =
                    folder.isBlank() ? Optional.empty() : path(folder).map(f -> f.resolve(file));
            if (candidate.isPresent() && Files.isExecutable(candidate.get())) {
                return candidate;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
