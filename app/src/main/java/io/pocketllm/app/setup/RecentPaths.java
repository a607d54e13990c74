package io.pocketllm.app.setup;

import java.util.ArrayList;
import java.util.List;

/** Paths used last, the newest first; the window remembers them between two starts. */
public interface RecentPaths {

    /** How many are kept. */
    int MOST = 8;

    /** The newest first. */
    List<String> all();

    /** Puts a path first. */
    void add(String path);

    /** A list with {@code path} first, no path twice and at most {@link #MOST}. */
    static List<String> with(List<String> before, String path) {
        List<String> after = new ArrayList<>(before);
        after.remove(path);
        after.addFirst(path);
        return List.copyOf(after.subList(0, Math.min(MOST, after.size())));
    }

    /** Remembers nothing beyond this object's life. */
    static RecentPaths inMemory() {
        return new RecentPaths() {
            private List<String> paths = List.of();

            @Override
            public List<String> all() {
                return paths;
            }

            @Override
            public void add(String path) {
                paths = with(paths, path);
            }
        };
    }
}
