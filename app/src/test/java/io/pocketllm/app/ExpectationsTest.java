package io.pocketllm.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that {@code docs/expectations.md} names are there. */
class ExpectationsTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..").normalize();

    private static List<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/expectations.md")).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|--"))
                .filter(line -> !line.contains("shown by |"))
                .toList();
    }

    @Test
    void every_row_names_a_test_and_every_test_that_is_named_exists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String row : rows()) {
            List<String> named =
                    NAMED.matcher(row).results().map(m -> m.group(1) + "." + m.group(2)).toList();
            if (named.isEmpty()) {
                missing.add("no test in: " + row);
            }
            for (String test : named) {
                if (!exists(test)) {
                    missing.add(test);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everything_that_is_a_must_is_in_it() throws IOException {
        assertThat(rows())
                .filteredOn(row -> row.startsWith("| P0 |"))
                .hasSizeGreaterThanOrEqualTo(15);
        assertThat(rows())
                .filteredOn(row -> row.startsWith("| P1 |"))
                .hasSizeGreaterThanOrEqualTo(12);
    }

    /** A method in a file of the class's name with a test's annotation over it. */
    private static boolean exists(String test) throws IOException {
        String[] parts = test.split("\\.");
        for (String module : List.of("app", "engine")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/test/java"))) {
                for (Path file :
                        files.filter(f -> f.getFileName().toString().equals(parts[0] + ".java"))
                                .toList()) {
                    if (hasTest(Files.readAllLines(file), parts[1])) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean hasTest(List<String> lines, String method) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(" void " + method + "(")) {
                for (int above = i - 1; above >= 0 && !lines.get(above).isBlank(); above--) {
                    if (lines.get(above).matches("\\s*@(Test|ParameterizedTest|Property)\\b.*")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
