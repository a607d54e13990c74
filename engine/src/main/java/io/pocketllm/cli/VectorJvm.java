package io.pocketllm.cli;

import io.pocketllm.run.WorkerMemory;
import io.pocketllm.zo.noise.NoiseKernels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs a command again in a Java that has the vector kernel's module.
 *
 * <p>Java with that module writes a warning to standard error before any code of ours runs. So only
 * processes that compute have it, and their parents leave the line out of what a person reads.
 */
final class VectorJvm {

    private static final String CHILD = "pocketllm.child";

    private VectorJvm() {}

    /**
     * True where this JVM lacks the module, its Java has it, and nobody has forced a kernel: a
     * started child has one forced.
     */
    static boolean isNeeded() {
        return !NoiseKernels.moduleIsThere()
                && System.getProperty(NoiseKernels.PROPERTY) == null
                && ModuleFinder.ofSystem().find(NoiseKernels.MODULE).isPresent();
    }

    /** True in a Java that {@link #run} started. */
    static boolean isChild() {
        return Boolean.getBoolean(CHILD);
    }

    /**
     * Runs the very command line again that this process was given, where it is needed; for
     * commands that move parameters themselves.
     *
     * @return the exit code; empty where this Java will do
     */
    static OptionalInt again(CommandSpec spec) throws IOException, InterruptedException {
        if (!isNeeded()) {
            return OptionalInt.empty();
        }
        CommandLine line = spec.commandLine();
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return OptionalInt.of(run(List.of(), arguments, line.getOut(), line.getErr()));
    }

    /** The same with nothing asked of the Java itself. */
    static int run(List<String> arguments, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        return run(List.of(), arguments, out, err);
    }

    /**
     * Runs {@code arguments} to their end; its input and output are this process's own.
     *
     * @param flags of the Java it runs in
     * @return its exit code
     */
    static int run(List<String> flags, List<String> arguments, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        if (ModuleFinder.ofSystem().find(NoiseKernels.MODULE).isPresent()) {
            command.addAll(List.of("--add-modules", NoiseKernels.MODULE));
        }
        command.addAll(
                List.of(
                        "-D" + NoiseKernels.PROPERTY + "=vector",
                        "-D" + CHILD + "=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:-UsePerfData",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(arguments);
        out.flush();
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        WorkerMemory.settle(builder.environment());
        Process process = builder.start();
        Interrupts.onInterrupt(process::destroy);
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith(NoiseKernels.MODULE_WARNING)) {
                    err.println(line);
                }
            }
        }
        return process.waitFor();
    }
}
