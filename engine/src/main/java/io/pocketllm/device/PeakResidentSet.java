package io.pocketllm.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most memory this process has held at once, as the kernel counted it. */
public final class PeakResidentSet {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** Takes orders for the kernel's books on this process: clear_refs of proc(5). */
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private static final String RESET_PEAK = "5";

    private PeakResidentSet() {}

    /** VmHWM of proc(5), bytes; empty on systems without it. */
    public static OptionalLong bytes() {
        try {
            return ofStatus(Files.readString(STATUS, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Begins a new peak at what is held now, so that two phases can be told apart.
     *
     * @return false where the system does not let it
     */
    public static boolean restart() {
        try {
            Files.writeString(CLEAR, RESET_PEAK, StandardCharsets.US_ASCII);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Finds {@code VmHWM: 12345 kB}. */
    static OptionalLong ofStatus(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .filter(digits -> !digits.isEmpty())
                .mapToLong(kib -> Long.parseLong(kib) * 1024)
                .findFirst();
    }
}
