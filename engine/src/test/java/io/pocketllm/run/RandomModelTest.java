package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.ModelException;
import io.pocketllm.tensor.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomModelTest {

    @TempDir private Path folder;

    @Test
    void itCanBeOpenedAndTrainedAsAPublishedModel() throws Exception {
        Path model = folder.resolve("distilbert");
        long bytes = RandomModel.write(model, "distilbert", DType.F16, MiniLm.CACHE);
        assertThat(Files.size(model.resolve("model.safetensors"))).isGreaterThan(bytes);

        ModelSummary summary = ModelSummaries.inspect(model.toString(), MiniLm.CACHE).summary();

        assertThat(summary.info().parameters() * 2).isEqualTo(bytes);
        assertThat(summary.objectives()).contains("class-head");
    }

    @Test
    void aFolderThatIsThereIsLeftAsItIs() {
        assertThatThrownBy(() -> RandomModel.write(folder, "distilbert", DType.F32, MiniLm.CACHE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is there already");
    }

    @Test
    void aShapeWithFewerWordsThanTheTokenizerIsRefused() {
        Path model = folder.resolve("tiny");
        assertThatThrownBy(() -> RandomModel.write(model, "bert-tiny", DType.F32, MiniLm.CACHE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("320 words");
        assertThat(model).doesNotExist();
    }
}
