package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line in a JVM of its own, as a person starts it: what it printed and its end. */
final class TrainProcess implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private ProcessHandle worker;

    /**
     * @param home what POCKETLLM_HOME is set to
     */
    static TrainProcess start(Path home, String... arguments) throws IOException {
        return start(List.of(), List.of(), Map.of("POCKETLLM_HOME", home.toString()), arguments);
    }

    /**
     * @param watcher a program that starts the JVM in its turn, or empty
     * @param flags more flags for the JVM
     */
    static TrainProcess start(
            List<String> watcher,
            List<String> flags,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(watcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new TrainProcess(builder.start());
    }

    private TrainProcess(Process process) {
        this.process = process;
        read(process.inputReader(), out);
        read(process.errorReader(), err);
    }

    private void read(BufferedReader from, List<String> to) {
        readers.add(
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try (from) {
                                        for (String line = from.readLine();
                                                line != null;
                                                line = from.readLine()) {
                                            synchronized (to) {
                                                to.add(line);
                                            }
                                        }
                                    } catch (IOException e) {
                                        // Killed in the middle of a line.
                                    }
                                }));
    }

    List<String> out() {
        synchronized (out) {
            return List.copyOf(out);
        }
    }

    List<String> err() {
        synchronized (err) {
            return List.copyOf(err);
        }
    }

    /** What {@code --events} has printed so far. */
    List<Event> events() {
        return out().stream().map(EventJson::parse).flatMap(Optional::stream).toList();
    }

    /** Waits until so many steps have been told; fails at once where the process ends before. */
    void awaitSteps(int steps) {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || steps() >= steps);
        assertThat(steps()).as("steps; standard error: %s", err()).isGreaterThanOrEqualTo(steps);
    }

    private long steps() {
        return out().stream().filter(l -> l.contains("\"event\":\"step\"")).count();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** The process that trains. */
    ProcessHandle worker() {
        if (worker == null) {
            List<ProcessHandle> children = process.children().toList();
            assertThat(children).as("processes of a running train").hasSize(1);
            worker = children.getFirst();
        }
        return worker;
    }

    /** Sends a signal by its name, such as INT. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
        assertThat(kill.waitFor()).as("kill -%s", name).isZero();
    }

    /** Waits for the end and for the last line; gives the exit code. */
    int awaitExit() {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        await().atMost(PATIENCE).until(() -> readers.stream().noneMatch(Thread::isAlive));
        return process.exitValue();
    }

    /**
     * True where a process has ended, also where nobody has asked for its exit code yet: an orphan
     * may stay as a zombie.
     */
    static boolean hasEnded(ProcessHandle handle) {
        Path stat = Path.of("/proc/" + handle.pid() + "/stat");
        if (!handle.isAlive()) {
            return true;
        }
        try {
            String line = Files.exists(stat) ? Files.readString(stat) : "";
            return line.contains(") Z ");
        } catch (java.nio.file.NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.destroyForcibly();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
