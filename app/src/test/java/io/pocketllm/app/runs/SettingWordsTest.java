package io.pocketllm.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingWordsTest {

    @Test
    void paths_are_as_short_as_they_stay_clear() {
        assertThat(SettingWords.of("model.path", List.of("builtin:minilm", "/m/opt-125m")))
                .containsExactly("minilm", "opt-125m");
        assertThat(SettingWords.of("data.path", List.of("/a/b/inbox", "/c/b/inbox", "–")))
                .containsExactly("/a/b/inbox", "/c/b/inbox", "–");
        assertThat(SettingWords.of("data.path", List.of("/inbox", "inbox")))
                .containsExactly("/inbox", "inbox");
    }

    @Test
    void numbers_keep_their_units() {
        assertThat(SettingWords.of("device.budgetBytes", List.of("512000000", "–")))
                .containsExactly("512 MB", "–");
        assertThat(SettingWords.of("method.coneAngle", List.of("1.35")))
                .containsExactly("1.35 rad");
        assertThat(SettingWords.of("method.learningRate", List.of("1e-6", "words")))
                .containsExactly("1e-6", "words");
        assertThat(SettingWords.name("device.budgetBytes")).isEqualTo("budget");
        assertThat(SettingWords.name("method.learningRate")).isEqualTo("learning rate");
    }
}
