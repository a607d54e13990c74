package io.pocketllm.app.runs;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Run and sweep folders from elsewhere that a person opened; kept between two starts. */
final class OpenedFolders {

    private static final String KEY = "opened";

    private final Remembered remembered;

    OpenedFolders(Remembered remembered) {
        this.remembered = remembered;
    }

    /** The one opened last first. */
    List<Path> all() {
        return remembered.get(KEY).lines().map(OpenedFolders::path).filter(p -> p != null).toList();
    }

    private static Path path(String text) {
        try {
            return text.isBlank() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            // Written by another system.
            return null;
        }
    }

    void add(Path folder) {
        List<Path> now = new ArrayList<>(all());
        now.remove(folder);
        now.addFirst(folder);
        keep(now);
    }

    /**
     * Takes a folder off the list, or the folder of the sweep that it is in.
     *
     * @return what was taken off; null for nothing
     */
    Path remove(Path folder) {
        List<Path> now = new ArrayList<>(all());
        Path found =
                now.remove(folder)
                        ? folder
                        : now.remove(folder.getParent()) ? folder.getParent() : null;
        keep(now);
        return found;
    }

    private void keep(List<Path> folders) {
        remembered.put(KEY, String.join("\n", folders.stream().map(Path::toString).toList()));
    }
}
