package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.data.SmallTokenizers;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.architecture.RandomCheckpoint;
import io.pocketllm.tensor.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelSummariesTest {

    @TempDir private Path folder;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    private ModelSummary summary(String shape, DType dtype) throws Exception {
        Path model = folder.resolve("model");
        RandomCheckpoint.write(model, shape, dtype, 5);
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, 32)) {
            Files.copy(tokenizer.file(), model.resolve("tokenizer.json"));
        }
        return ModelSummaries.read(model.toString(), folder);
    }

    @Test
    void a_causal_model_answers_and_its_halves_take_two_bytes_a_number() throws Exception {
        ModelSummary summary = summary("opt-tiny", DType.F16);
        assertThat(summary.name()).isEqualTo("model");
        assertThat(summary.info().architecture()).isEqualTo("opt");
        assertThat(summary.objectives()).containsExactly("class-head", "answer");
        assertThat(summary.weightBytes()).isEqualTo(2 * summary.info().parameters());
    }

    @Test
    void a_masked_model_fills_in_words() throws Exception {
        ModelSummary summary = summary("bert-tiny", DType.F32);
        assertThat(summary.objectives()).containsExactly("class-head", "label-word");
        assertThat(summary.weightBytes()).isEqualTo(4 * summary.info().parameters());
    }

    @Test
    void what_is_no_model_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> ModelSummaries.read("builtin:none", folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("builtin:none");
        assertThatThrownBy(() -> ModelSummaries.read(folder.toString(), folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> ModelSummaries.read("a\0b", folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no path");
    }
}
