package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFilesTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        // given,        model,           tokenizer
        "minilm.onnx,    minilm.onnx,     tokenizer.json",
        "minilm.onnx,    minilm.onnx,     minilm-tokenizer.json",
        "onnx/model.onnx, onnx/model.onnx, tokenizer.json",
        ".,              model.onnx,      tokenizer.json",
        ".,              onnx/model.onnx, tokenizer.json"
    })
    void theTokenizerIsFoundWhereExportersPutIt(String given, String model, String tokenizer)
            throws Exception {
        Path onnx = touch(model);
        Path json = touch(tokenizer);

        ModelFiles files = ModelFiles.at(folder.resolve(given).normalize());

        assertThat(files.path()).isEqualTo(onnx);
        assertThat(files.tokenizer()).isEqualTo(json);
        assertThat(files.name()).isEqualTo(onnx.getFileName().toString().replace(".onnx", ""));
    }

    @Test
    void theTokenizerBesideTheModelComesFirst() throws Exception {
        Path model = touch("onnx/model.onnx");
        touch("tokenizer.json");
        Path nearest = touch("onnx/tokenizer.json");

        assertThat(ModelFiles.at(model).tokenizer()).isEqualTo(nearest);
    }

    @ParameterizedTest
    @CsvSource({"nowhere.onnx", "."})
    void aModelThatIsNotThereIsNamed(String given) {
        Path path = folder.resolve(given).normalize();

        assertRefused(path, path + ": there is no such model file", "model.path");
    }

    @Test
    void aModelWithoutATokenizerIsNamedWithTheFolderItBelongsIn() throws IOException {
        Path model = touch("model.onnx");

        assertRefused(model, model + ": has no tokenizer.json beside it", folder.toString());
    }

    private static void assertRefused(Path path, String message, String hint) {
        ModelException refused =
                catchThrowableOfType(ModelException.class, () -> ModelFiles.at(path));
        assertThat(refused).hasMessage(message);
        assertThat(refused.hint()).contains(hint);
    }

    private Path touch(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
