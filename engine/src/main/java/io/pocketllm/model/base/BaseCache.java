package io.pocketllm.model.base;

import io.pocketllm.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The converted weights under the cache folder, one folder for each source and format, named after
 * their content hash. A folder is filled under another name and renamed when it is whole; where two
 * processes make the same one, the first to rename wins and the other uses that.
 */
final class BaseCache {

    private static final String PARTIAL = ".partial";

    /** What a killed process left behind is swept up after so long. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path folder;

    /**
     * @param cache the program's cache folder
     */
    BaseCache(Path cache) {
        folder = cache.toAbsolutePath().resolve("base");
    }

    /** Whether it was there, and if not, how long making it took. */
    record Found(BaseFile file, boolean made, double seconds) {}

    /**
     * The converted weights, made now where they are not there yet or are damaged.
     *
     * @param base name of format and block size
     * @throws ModelException where the source cannot be read or converted, or the cache not written
     */
    Found open(
            WeightSource source,
            String base,
            List<Matrix> matrices,
            Function<Matrix, Kernel> kernels)
            throws ModelException {
        long start = System.nanoTime();
        try {
            Files.createDirectories(folder);
            String hash = hash(source, base, matrices);
            Path target = folder.resolve(base + "-" + hash.substring(0, 24));
            if (Files.isDirectory(target)) {
                try {
                    return new Found(BaseFile.open(target, base, hash), false, 0);
                } catch (BaseFile.DamagedException e) {
                    // Made again below: what the cache holds can always be made again.
                    delete(target);
                }
            }
            sweep();
            Path partial = folder.resolve(base + "-" + UUID.randomUUID() + PARTIAL);
            Files.createDirectory(partial);
            try {
                Map<String, BaseFile.Entry> entries =
                        BaseWriter.write(
                                source,
                                matrices,
                                kernels,
                                partial.resolve(BaseFile.DATA),
                                BaseWriter.BUFFER_BYTES);
                BaseFile.finish(partial, base, hash, entries);
                publish(partial, target);
            } finally {
                delete(partial);
            }
            BaseFile file = BaseFile.open(target, base, hash);
            return new Found(file, true, (System.nanoTime() - start) / 1e9);
        } catch (BaseFile.DamagedException e) {
            throw new ModelException(
                    e.getMessage(), "It was written just now: check the disk of the cache folder.");
        } catch (NoSuchFileException e) {
            throw new ModelException(
                    e.getFile() + ": there is no such file", "Check the model's path.");
        } catch (IOException | UncheckedIOException e) {
            throw new ModelException(
                    folder + ": the converted weights cannot be written (" + e.getMessage() + ")",
                    "Check that the disk has room and the folder may be written.");
        }
    }

    private static void publish(Path partial, Path target) throws IOException {
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process was first. Its folder is checked when it is opened.
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    /** What decides the bytes: the files, what is taken from them, and how. */
    private String hash(WeightSource source, String base, List<Matrix> matrices)
            throws IOException {
        MessageDigest digest = SourceHash.sha256();
        StringBuilder recipe = new StringBuilder("pocketllm base 1\n").append(base).append('\n');
        for (Path file : source.files()) {
            recipe.append(SourceHash.of(file, folder)).append('\n');
        }
        matrices.forEach(m -> recipe.append(m).append('\n'));
        digest.update(recipe.toString().getBytes(StandardCharsets.UTF_8));
        return SourceHash.hex(digest);
    }

    private void sweep() throws IOException {
        Instant old = Instant.now().minus(ABANDONED);
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : all.filter(p -> p.toString().endsWith(PARTIAL)).toList()) {
                if (Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
                    delete(path);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
