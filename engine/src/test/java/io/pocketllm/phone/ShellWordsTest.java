package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a shell is given comes out of it byte for byte, and nothing of it is ever run. */
class ShellWordsTest {

    private static final Path SH = Path.of("/bin/sh");

    @Property(tries = 150)
    void aRealShellGivesEveryWordBackAsItWas(@ForAll("hostileLists") List<String> words)
            throws Exception {
        assumeThat(SH).exists();

        assertThat(throughShell("printf '%s\\0' " + ShellWords.join(words)))
                .isEqualTo(String.join("\0", words) + "\0");
    }

    @Property(tries = 100)
    void aScriptReceivesItsParametersAsTheyWere(@ForAll("hostileLists") List<String> words)
            throws Exception {
        assumeThat(SH).exists();
        // The way PhoneScript gives parameters to a fixed text.
        String command = "set -- " + ShellWords.join(words) + "\nprintf '%s\\0' \"$@\"";

        assertThat(throughShell(command)).isEqualTo(String.join("\0", words) + "\0");
    }

    @Property
    void everyQuoteInsideIsClosedAgain(@ForAll("hostile") String word) throws PhoneException {
        String quoted = ShellWords.quote(word);

        assertThat(quoted).startsWith("'").endsWith("'");
        assertThat(quoted.substring(1, quoted.length() - 1).replace("'\\''", ""))
                .doesNotContain("'");
    }

    @Example
    void textThatNoShellCanBeGivenIsRefused() {
        for (String word : List.of("a\0b", "\0", "half \ud800 a letter")) {
            assertThatThrownBy(() -> ShellWords.quote(word))
                    .isInstanceOfSatisfying(
                            PhoneException.class, e -> assertThat(e.hint()).contains("Rename"));
        }
    }

    @Example
    void everyScriptOfThePhoneIsValidShell() throws Exception {
        assumeThat(SH).exists();
        for (PhoneScript script : PhoneScript.values()) {
            Process sh = new ProcessBuilder(SH.toString(), "-n").start();
            try (var in = sh.getOutputStream()) {
                in.write(script.with("it's", "$(x)").getBytes(StandardCharsets.UTF_8));
            }
            String complaint = new String(sh.getErrorStream().readAllBytes());
            assertThat(sh.waitFor()).as("%s: %s", script, complaint).isZero();
        }
    }

    @Provide
    Arbitrary<List<String>> hostileLists() {
        return hostile().list().ofMinSize(1).ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> spiked =
                Arbitraries.of(
                        "",
                        " ",
                        "'",
                        "''",
                        "\\'",
                        "\"",
                        "$(touch hacked)",
                        "`touch hacked`",
                        "$HOME",
                        "; rm -rf .",
                        "&& false",
                        "| cat",
                        "> hacked",
                        "*",
                        "~",
                        "!!",
                        "\\",
                        "\n",
                        "\t",
                        "-n",
                        "--",
                        "#",
                        "%s",
                        "é",
                        "\u202e",
                        "🚴",
                        "a'b'c",
                        "${IFS}");
        Arbitrary<String> any =
                Arbitraries.strings().withCharRange('\u0001', '\ud7ff').ofMaxLength(30);
        return Arbitraries.oneOf(
                spiked, any, spiked.list().ofMaxSize(6).map(l -> String.join("", l)));
    }

    private static String throughShell(String command) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("quoting");
        try {
            Process sh =
                    new ProcessBuilder(SH.toString(), "-c", command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            String out = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(sh.waitFor()).isZero();
            try (var left = Files.list(folder)) {
                assertThat(left).as("nothing was run").isEmpty();
            }
            return out;
        } finally {
            Files.delete(folder);
        }
    }
}
