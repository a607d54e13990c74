package io.pocketllm.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The installed program's launchers start Java as {@code bin/pocketllm} does. */
class LaunchersTest {

    private static final Pattern JAVA_OPTION =
            Pattern.compile("(?<![\\w-])(-XX:|-D|--enable-native|--sun-misc)[^\\s'\"\\\\]+");

    private static Set<String> javaOptions(String file, Predicate<String> line) throws IOException {
        String text =
                Files.readString(Path.of("src", file))
                        .lines()
                        .filter(each -> !each.startsWith("#"))
                        .filter(line)
                        .collect(Collectors.joining("\n"));
        return JAVA_OPTION
                .matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> script(boolean window) throws IOException {
        return javaOptions(
                "main/dist/bin/pocketllm", line -> window || !line.contains("workbench)"));
    }

    @Test
    void the_window_has_the_options_of_the_script() throws IOException {
        assertThat(javaOptions("dist/image.args", line -> true))
                .isEqualTo(script(true))
                .contains("-XX:+UseSerialGC", "-Dai.djl.offline=true");
    }

    @Test
    void the_command_line_has_the_options_of_the_script() throws IOException {
        assertThat(javaOptions("dist/command-line.properties", line -> true))
                .isEqualTo(script(false))
                .doesNotContain("-XX:+UseSerialGC")
                .contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void an_image_starts_classes_that_are_there() throws IOException {
        for (String file : Arrays.asList("image.args", "command-line.properties")) {
            String text = Files.readString(Path.of("src/dist", file));
            var main = Pattern.compile("main-class[ =](\\S+)").matcher(text);
            assertThat(main.find()).as(file).isTrue();
            assertThat(main.group(1))
                    .satisfies(
                            name ->
                                    assertThat(
                                                    Class.forName(name)
                                                            .getMethod("main", String[].class))
                                            .isNotNull());
        }
    }
}
