package io.pocketllm.app.dialog;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is saved where a person said. It is written beside its place and put there when it is
 * whole, so that a full disk costs nobody the file that was there before.
 */
public final class SavedFile {

    private SavedFile() {}

    /** Writes a file's content. */
    @FunctionalInterface
    public interface Writing {
        /**
         * Writes it.
         *
         * @param file where to
         */
        void to(Path file) throws IOException;
    }

    /**
     * Saves a file.
     *
     * @throws IOException where it cannot be written; nothing new is left behind then
     */
    public static void write(Path file, Writing writing) throws IOException {
        boolean plain =
                !Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!plain) {
            // A link's owner wants what it points to changed; a device cannot be put in place.
            writing.to(file);
            return;
        }
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            writing.to(beside);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * What to tell where it could not be saved.
     *
     * @param report for a bug tracker, without personal paths
     */
    public static Problem problem(Path file, IOException fault, String report) {
        return new Problem(
                title(file),
                switch (fault) {
                    case NoSuchFileException gone -> "There is no such folder any more.";
                    case AccessDeniedException denied -> "The folder does not let you write there.";
                    default -> String.valueOf(fault.getMessage());
                },
                "Choose another folder, or check its free space and permissions.",
                report);
    }

    /** One line that says that it was not saved. */
    public static String title(Path file) {
        return "Not saved: " + file.getFileName();
    }
}
