package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person types wrong is answered before any phone is asked. */
class PhonesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return PocketLlm.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        connect nowhere               | no address of a phone | HOST:PORT
        connect 10.0.0.5:0            | no address of a phone | HOST:PORT
        pair 10.0.0.5:4000 12345      | no pairing code       | six digits
        run - /tmp                    | no run on a phone     | phones run
        """)
    void aMistakeIsExitCode5WithWhatToDo(String line, String message, String hint) {
        assertThat(run(("phones " + line).split(" "))).isEqualTo(5);
        assertThat(err.toString()).contains(message, hint);
    }

    @Test
    void aRunFileThatIsNotThereIsBadInput() {
        assertThat(run("phones", "push", "-", "/nowhere/run.json")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no such file");
    }

    @Test
    void withoutAWordItSaysWhatThereIs() {
        assertThat(run("phones")).isZero();
        assertThat(out.toString())
                .contains("list", "read", "push", "run", "clean", "connect", "pair");
    }
}
