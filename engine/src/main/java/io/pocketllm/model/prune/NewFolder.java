package io.pocketllm.model.prune;

import io.pocketllm.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: it is filled beside its place under another name and
 * renamed at the end. What a killed process left under such a name is swept up by the next one that
 * makes the same folder, a day later at the earliest.
 */
public final class NewFolder implements AutoCloseable {

    private static final String PARTIAL = ".partial";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path target;
    private final Path partial;

    private NewFolder(Path target, Path partial) {
        this.target = target;
        this.partial = partial;
    }

    /**
     * Refuses a place that is taken.
     *
     * @throws ModelException where something is there already
     */
    public static void requireFree(Path target) throws ModelException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelException(
                    target + ": is there already, and nothing is written over",
                    "Name a new folder with --out, or move this one away.");
        }
    }

    /**
     * Begins a folder.
     *
     * @throws ModelException where something is there already
     */
    public static NewFolder at(Path target) throws ModelException, IOException {
        requireFree(target);
        Path place = target.toAbsolutePath().normalize();
        Files.createDirectories(place.getParent());
        sweep(place);
        Path partial =
                place.resolveSibling(place.getFileName() + "." + UUID.randomUUID() + PARTIAL);
        Files.createDirectory(partial);
        return new NewFolder(place, partial);
    }

    /** Where to write meanwhile. */
    public Path partial() {
        return partial;
    }

    /**
     * Puts the folder in its place.
     *
     * @throws ModelException where something came there meanwhile
     */
    public void publish() throws ModelException, IOException {
        requireFree(target);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void sweep(Path place) throws IOException {
        Pattern left =
                Pattern.compile(
                        Pattern.quote(place.getFileName().toString())
                                + "\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\"
                                + PARTIAL);
        Instant old = Instant.now().minus(ABANDONED);
        try (Stream<Path> all = Files.list(place.getParent())) {
            for (Path path :
                    all.filter(p -> left.matcher(p.getFileName().toString()).matches()).toList()) {
                if (Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
                    delete(path);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> inside;
        try (Stream<Path> all = Files.walk(folder)) {
            inside = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.deleteIfExists(path);
        }
    }

    /** Takes away what was not published. */
    @Override
    public void close() throws IOException {
        delete(partial);
    }
}
