package io.pocketllm.app.screenshots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pictures that {@code docs/guide*.md} shows. */
final class GuidePictures {

    private static final Pattern PICTURE = Pattern.compile("images/([\\w-]+\\.png)");

    private GuidePictures() {}

    /** The module's folder. */
    static Path module() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    static Path docs() {
        return module().resolve("../docs").normalize();
    }

    static Path images() {
        return docs().resolve("images");
    }

    /** File names of all pictures of the guide. */
    static Set<String> named() {
        try (Stream<Path> files = Files.list(docs())) {
            List<Path> guides =
                    files.filter(f -> f.getFileName().toString().matches("guide.*\\.md")).toList();
            Set<String> names = new TreeSet<>();
            for (Path guide : guides) {
                names.addAll(named(guide));
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** File names of the pictures of the README. */
    static Set<String> ofReadme() throws IOException {
        return named(docs().resolve("../README.md").normalize());
    }

    private static Set<String> named(Path file) throws IOException {
        return PICTURE.matcher(Files.readString(file))
                .results()
                .map((MatchResult m) -> m.group(1))
                .collect(Collectors.toSet());
    }
}
