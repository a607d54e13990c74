package io.pocketllm.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The ready-made run files; the engine's own tests read them with its own reader. */
@Timeout(20)
class SampleRunsTest {

    static final List<String> RUNS = Inbox.PERSONAS;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static JsonNode run(String id) throws IOException {
        try (InputStream stream =
                SampleRunsTest.class.getResourceAsStream(Inbox.FOLDER + "runs/" + id + ".json")) {
            assertThat(stream).as("runs/%s.json", id).isNotNull();
            return MAPPER.readTree(stream);
        }
    }

    @ParameterizedTest
    @FieldSource("RUNS")
    void aReadyMadeRunIsVersionOneAndNamesDataThatIsThere(String id) throws Exception {
        JsonNode run = run(id);

        assertThat(run.path("version").intValue()).isEqualTo(1);
        assertThat(run.path("name").textValue()).isNotBlank();
        assertThat(run.path("data").path("path").textValue()).isEqualTo("builtin:" + id);
        for (String split : Inbox.SPLITS) {
            assertThat(Inbox.messages(id, split)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("RUNS")
    void aReadyMadeRunListsTheLabelsOfItsData(String id) throws Exception {
        assertThat(run(id).path("objective").path("labels").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(
                        Inbox.messages(id, "train").stream()
                                .map(Inbox.Message::label)
                                .distinct()
                                .toList());
    }

    @ParameterizedTest
    @FieldSource("RUNS")
    void theModelOfAReadyMadeRunComesWithTheProgram(String id) throws Exception {
        ClassLoader loader = SampleRunsTest.class.getClassLoader();

        assertThat(run(id).path("model").path("path").textValue())
                .isEqualTo("builtin:all-MiniLM-L6-v2");
        assertThat(loader.getResource("all-minilm-l6-v2.onnx")).isNotNull();
        assertThat(loader.getResource("all-minilm-l6-v2-tokenizer.json")).isNotNull();
    }
}
