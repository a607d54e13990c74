package io.pocketllm.device.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.device.MachineRates;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Measures this computer once, as if it were a phone: what it reaches at each kind of work, with
 * the runtime that trains. Takes some seconds; the result is kept in the cache folder.
 *
 * <p>forward.NativeLibraries must have been prepared.
 */
public final class HostProbe {

    /** Raised when the probe measures differently: an older result is measured anew. */
    private static final int VERSION = 2;

    private HostProbe() {}

    /**
     * What a file in the cache says.
     *
     * @param version of the probe
     * @param cores logical cores of the computer that was measured
     * @param rates what was measured
     */
    record Saved(int version, int cores, MachineRates rates) {}

    /**
     * The rates of this computer with so many threads, from the cache where they are there and fit,
     * else measured now and kept. A cache that cannot be written costs a measurement each time.
     */
    public static MachineRates rates(Path cache, int threads) {
        return kept(cache, threads).orElseGet(() -> measureAndKeep(cache, threads));
    }

    /** What was measured before with so many threads; nothing is measured now. */
    public static Optional<MachineRates> kept(Path cache, int threads) {
        return read(file(cache, threads));
    }

    /** Measures now, and keeps the result in the cache in the place of an older one. */
    public static MachineRates measureAndKeep(Path cache, int threads) {
        MachineRates rates = measure(threads);
        write(file(cache, threads), rates);
        return rates;
    }

    private static Path file(Path cache, int threads) {
        return cache.resolve("host-probe-" + threads + "-threads.json");
    }

    /** Measures now. */
    public static MachineRates measure(int threads) {
        try (Arena arena = Arena.ofShared()) {
            return new HostMeasurements(arena, threads).rates();
        }
    }

    private static Optional<MachineRates> read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            Saved saved = new ObjectMapper().readValue(file.toFile(), Saved.class);
            boolean fits = saved.version() == VERSION && saved.cores() == cores();
            return fits ? Optional.ofNullable(saved.rates()) : Optional.empty();
        } catch (IOException e) {
            // Damaged or of another version: it is measured anew and written over.
            return Optional.empty();
        }
    }

    private static void write(Path file, MachineRates rates) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path partial =
                    Files.createTempFile(
                            file.toAbsolutePath().getParent(), "host-probe", ".partial");
            try {
                new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValue(partial.toFile(), new Saved(VERSION, cores(), rates));
                Files.move(
                        partial,
                        file,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            // Said above: the next start measures again.
        }
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
