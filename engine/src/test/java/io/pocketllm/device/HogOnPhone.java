package io.pocketllm.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A {@link MemoryHog} in a JVM of its own on a simulated phone, and what its listener heard. */
final class HogOnPhone implements MemoryListener, AutoCloseable {

    static final long MIB = 1L << 20;

    final List<Long> readings = new CopyOnWriteArrayList<>();
    final List<Long> readingNanos = new CopyOnWriteArrayList<>();
    final List<LowMemoryKiller.Kill> kills = new CopyOnWriteArrayList<>();
    final PhoneProcess running;
    private final PrintWriter commands;
    private final BufferedReader answers;

    HogOnPhone(long budgetBytes) throws IOException {
        this(new SimulatedPhone(null, budgetBytes, 1));
    }

    HogOnPhone(SimulatedPhone phone) throws IOException {
        running = phone.start(program(), this);
        commands = new PrintWriter(running.process().outputWriter(), true);
        answers = running.process().inputReader();
    }

    /** The program, ready to start. */
    static ProcessBuilder program() {
        try {
            var classes = MemoryHog.class.getProtectionDomain().getCodeSource().getLocation();
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx1g",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            Path.of(classes.toURI()).toString(),
                            MemoryHog.class.getName())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives a command without waiting for an answer. */
    void say(String command) {
        commands.println(command);
    }

    /** The next answer, or null once the process has gone. */
    String answer() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void reading(long rssBytes) {
        readingNanos.add(System.nanoTime());
        readings.add(rssBytes);
    }

    @Override
    public void killed(LowMemoryKiller.Kill kill) {
        kills.add(kill);
    }

    @Override
    public void close() {
        running.close();
    }
}
