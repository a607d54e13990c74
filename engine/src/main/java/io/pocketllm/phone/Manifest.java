package io.pocketllm.phone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of ours is on a phone: a text file in our folder there, to which lines are only ever added.
 *
 * <pre>
 *   begun  PATH                a file may be there, whole or in part
 *   file   PATH SHA256 BYTES   that file is there, checked
 *   folder PATH                everything below it is ours
 * </pre>
 */
final class Manifest {

    /**
     * A file as it was checked on the phone.
     *
     * @param sha256 lower-case hex
     */
    record Entry(String sha256, long sizeBytes) {}

    private final Map<String, Entry> files = new LinkedHashMap<>();
    private final List<String> folders = new ArrayList<>();

    static Manifest parse(String text) {
        Manifest manifest = new Manifest();
        for (String line : text.split("\n")) {
            manifest.read(line.strip().split(" "));
        }
        return manifest;
    }

    /** A line this version does not know, or a torn one, is passed over. */
    private void read(String[] words) {
        Optional<String> path = words.length < 2 ? Optional.empty() : PhonePaths.decode(words[1]);
        if (path.isEmpty()) {
            return;
        }
        switch (words[0]) {
            case "begun" -> files.put(path.get(), new Entry("", -1));
            case "file" -> {
                if (words.length == 4
                        && words[2].matches("[0-9a-f]{64}")
                        && words[3].matches("\\d{1,18}")) {
                    files.put(path.get(), new Entry(words[2], Long.parseLong(words[3])));
                }
            }
            case "folder" -> {
                if (!folders.contains(path.get())) {
                    folders.add(path.get());
                }
            }
            default -> {}
        }
    }

    static String begun(String path) {
        return "begun " + PhonePaths.encode(path);
    }

    static String file(String path, Entry entry) {
        return "file " + PhonePaths.encode(path) + " " + entry.sha256() + " " + entry.sizeBytes();
    }

    static String folder(String path) {
        return "folder " + PhonePaths.encode(path);
    }

    /** Whether a file with this content was put there; its size on the phone must still agree. */
    boolean holds(String path, Entry entry) {
        return entry.equals(files.get(path));
    }

    /** Every file that may be there, by its relative path. */
    List<String> files() {
        return List.copyOf(files.keySet());
    }

    /** Every folder that is wholly ours. */
    List<String> folders() {
        return List.copyOf(folders);
    }
}
