package io.pocketllm.phone;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts an adb server where none listens. The only thing the adb program is used for; a server
 * that runs is never restarted or ended, for other programs use it too.
 */
final class AdbProgram {

    private static final int START_SECONDS = 20;

    private AdbProgram() {}

    static void startServer(AdbSettings settings) throws PhoneException {
        Path program =
                settings.program()
                        .orElseThrow(
                                () ->
                                        trouble(
                                                "There is no adb program on this computer, and no adb"
                                                        + " server runs.",
                                                "Install Android's platform-tools (on Debian and Ubuntu:"
                                                        + " apt install adb), or set POCKETLLM_ADB to the adb"
                                                        + " program."));
        List<String> command =
                List.of(program.toString(), "-P", String.valueOf(settings.port()), "start-server");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(settings.environment());
        // The server that stays behind would keep a pipe open for ever: give it none.
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.redirectInput(Redirect.PIPE);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw trouble(
                        program + " did not start a server within " + START_SECONDS + " seconds.",
                        "Run \"adb start-server\" in a terminal to see why.");
            }
            if (process.exitValue() != 0) {
                throw trouble(
                        program
                                + " could not start a server (exit code "
                                + process.exitValue()
                                + ").",
                        "Run \"adb -P "
                                + settings.port()
                                + " start-server\" in a terminal to see why.");
            }
        } catch (PhoneException e) {
            throw e;
        } catch (IOException e) {
            throw trouble(
                    "The adb program " + program + " cannot be started: " + e.getMessage(),
                    "Set POCKETLLM_ADB to the adb program of Android's platform-tools.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw trouble("Starting the adb server was interrupted.", "Try again.");
        }
    }

    private static PhoneException trouble(String message, String hint) {
        return new PhoneException(PhoneException.Reason.NO_ADB, message, hint);
    }
}
