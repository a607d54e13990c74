package io.pocketllm.run.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.run.RunFileException;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** Whatever is swept, reading ends in a sweep file or in a refusal that fits a screen. */
class SweepFilePropertyTest {

    @Property(tries = 300)
    void anyKeyWithAnyListIsReadOrRefused(
            @ForAll @StringLength(max = 30) String key, @ForAll String value) throws Exception {
        JsonMapper mapper = new JsonMapper();
        ObjectNode file = (ObjectNode) mapper.readTree(SmallSweep.json(3, "\"goal\": \"loss\""));
        file.putObject("parameters").putArray(key).add(value).add(1);
        readOrRefused(file.toString());
    }

    @Property(tries = 300)
    void anyDrawnTextIsReadOrRefused(
            @ForAll
                    @Chars({'~', 'l', 'o', 'g', ' ', '.', '1', '0', 'e', '-', ',', '"', '/'})
                    @StringLength(max = 24)
                    String typed)
            throws Exception {
        JsonMapper mapper = new JsonMapper();
        ObjectNode file =
                (ObjectNode)
                        mapper.readTree(SmallSweep.json(3, "\"search\": \"random\", \"runs\": 1"));
        file.putObject("parameters").put("method.learningRate", "~" + typed);
        readOrRefused(file.toString());
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefused(@ForAll String text) {
        readOrRefused(text);
    }

    private static void readOrRefused(String text) {
        try {
            SweepFile file = SweepFile.parse("sweep.json", Path.of("."), text);
            assertThat(file.combinations()).isNotEmpty();
        } catch (RunFileException e) {
            assertThat(e).hasMessageStartingWith("sweep.json: ");
            assertThat(e.getMessage()).doesNotContain("\n", "\u001b").hasSizeLessThan(1500);
            assertThat(e.hint()).isNotBlank();
        }
    }
}
