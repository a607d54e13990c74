package io.pocketllm.phone;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** One phone, by its serial. Every call makes a connection of its own; safe from any thread. */
public final class Phone {

    /** A short script answers within this; a phone that sleeps may take seconds. */
    static final Duration SHORT = Duration.ofSeconds(20);

    private final AdbServer server;
    private final String serial;
    private List<String> features;

    Phone(AdbServer server, String serial) {
        this.server = server;
        this.serial = serial;
    }

    /** What adb calls it. */
    public String serial() {
        return serial;
    }

    /** Runs a script to its end and gives everything it wrote. */
    ShellResult run(String command, Duration silence, Cancellation cancellation)
            throws PhoneException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShellSession session = shell(command, silence, out, cancellation)) {
            session.closeInput();
            int code = session.await();
            return new ShellResult(code, out.toString(StandardCharsets.UTF_8), session.errors());
        }
    }

    /**
     * Starts a script.
     *
     * @param command from {@link PhoneScript#with}
     * @param out receives its standard output
     */
    ShellSession shell(
            String command, Duration silence, OutputStream out, Cancellation cancellation)
            throws PhoneException {
        if (!features().contains("shell_v2")) {
            throw new PhoneException(
                    PhoneException.Reason.UNFIT,
                    "The phone " + serial + " has an adb too old to tell how a command ended.",
                    "It needs Android 7 or newer.");
        }
        return new ShellSession(
                server.open(serial, "shell,v2,raw:" + command, silence, cancellation), out);
    }

    /** A connection for files. */
    SyncConnection sync(Duration silence, Cancellation cancellation) throws PhoneException {
        return new SyncConnection(
                server.open(serial, "sync:", silence, cancellation),
                features().contains("stat_v2"));
    }

    private synchronized List<String> features() throws PhoneException {
        if (features == null) {
            features = server.features(serial);
        }
        return features;
    }
}
