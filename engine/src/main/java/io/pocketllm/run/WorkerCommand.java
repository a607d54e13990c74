package io.pocketllm.run;

import io.pocketllm.zo.noise.NoiseKernels;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The command line that starts a worker: this Java, this class path, a small heap, and nothing
 * written outside our folders.
 */
final class WorkerCommand {

    /** The worker's Java heap holds tokens and text; weights live outside it. */
    private static final String HEAP = "-Xmx256m";

    /**
     * A heap that starts small is collected while it is small: 60 MB less that was ever touched.
     */
    private static final String SMALL_START = "-Xms16m";

    private static final String MAIN = "io.pocketllm.cli.Main";

    private WorkerCommand() {}

    static ProcessBuilder of(RunFolder folder, Path cache, boolean resume) throws IOException {
        List<String> command = java(folder.path(), cache);
        command.add("worker");
        command.add("--cache");
        command.add(cache.toString());
        if (resume) {
            command.add("--resume");
        }
        command.add(folder.path().toString());
        return process(command);
    }

    /**
     * A process that answers questions about texts and ends; the texts come on its input.
     *
     * @param run a run folder or a run file
     * @param crashes folder for a crash report of Java
     */
    static ProcessBuilder prediction(Path run, Path crashes, Path cache) throws IOException {
        List<String> command = java(crashes, cache);
        command.add("predict");
        command.add("--cache");
        command.add(cache.toString());
        command.add("--json");
        command.add(run.toString());
        return process(command).redirectErrorStream(true);
    }

    private static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        WorkerMemory.settle(builder.environment());
        return builder;
    }

    private static List<String> java(Path crashes, Path cache) throws IOException {
        Path temporary = Files.createDirectories(cache.resolve("tmp"));
        String executable =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win")
                        ? "java.exe"
                        : "java";
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", executable).toString());
        command.add(HEAP);
        command.add(SMALL_START);
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=4");
        // Performance counters and crash reports would land in the system's temporary folder.
        command.add("-XX:-UsePerfData");
        command.add("-XX:ErrorFile=" + crashes.resolve("java-crash.log"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-Djava.awt.headless=true");
        if (ModuleFinder.ofSystem().find(NoiseKernels.MODULE).isPresent()) {
            // Without it noise is drawn by the scalar kernel: the same bits, some ten times slower.
            command.add("--add-modules");
            command.add(NoiseKernels.MODULE);
        }
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-cp");
        command.add(engineClassPath());
        command.add(MAIN);
        return command;
    }

    /** The window's libraries are no use to a worker; leaving them out keeps its start short. */
    private static String engineClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String file =
                    Path.of(entry).getFileName() == null
                            ? ""
                            : Path.of(entry).getFileName().toString();
            if (!file.matches("(javafx|jfreechart|org\\.jfree|controlsfx|testfx).*")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
