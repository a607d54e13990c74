package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.pocketllm.run.Event;
import io.pocketllm.run.EventLog;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.SmallInbox;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunedProfileTest {

    @TempDir private Path folder;

    private RunFolder run;

    @BeforeEach
    void aRunFolder() throws Exception {
        RunFile file = SmallInbox.run(folder, "head", 5);
        run = new RunFolder(folder);
        Files.writeString(run.runFile(), file.toJson());
        Files.write(run.trajectory(), new byte[] {1, 2, 3});
        Files.createDirectories(run.checkpoint());
        Files.write(run.checkpoint().resolve("model.safetensors"), new byte[] {4, 5});
    }

    private void ends(Event event) throws Exception {
        try (EventLog log = new EventLog(run.events())) {
            log.append(event);
        }
    }

    @Test
    void aFinishedRunIsDescribedAsTheSchemaWants() throws Exception {
        ends(new Event.Finished(9, 5, false, 0.5, 0.9, 0.4, null, 1));

        TunedProfile tuned = TunedProfile.of(run);

        assertThat(tuned.files())
                .extracting(f -> f.path().replaceFirst(".*/", ""))
                .containsExactly("trajectory.zot", "model.safetensors", "tuned.json");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        tuned.files().getLast().copyTo(text);
        JsonNode json = new JsonMapper().readTree(text.toByteArray());
        try (InputStream schema =
                TunedProfile.class.getResourceAsStream("tuned-profile.schema.json")) {
            assertThat(
                            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                    .getSchema(schema)
                                    .validate(json))
                    .isEmpty();
        }
        assertThat(json.at("/task/labels/0").asText()).isEqualTo("reply now");
        assertThat(json.at("/training/validationAccuracy").asDouble()).isEqualTo(0.9);
        assertThat(json.at("/training/testAccuracy").isNull()).isTrue();
        assertThat(json.at("/files/0/sha256").asText())
                .isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    }

    @Test
    void aRunThatDidNotFinishHasNothingToSend() throws Exception {
        ends(new Event.Failed(1, "broken", "mend it"));

        assertThatThrownBy(() -> TunedProfile.of(run))
                .isInstanceOfSatisfying(
                        PhoneException.class, e -> assertThat(e.hint()).contains("has finished"));
    }
}
