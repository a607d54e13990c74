package io.pocketllm.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.data.Batch;
import io.pocketllm.data.Example;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.OnnxExport;
import io.pocketllm.model.PooledText;
import io.pocketllm.model.Projection;
import io.pocketllm.onnx.OnnxGraph;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** bge-small-en-v1.5 as its publisher exported it: opset 11, twelve layers, no pooler. */
class SecondRealExportTest {

    private static final String NAME = "bge-small-en-v1.5";

    private static ModelFiles files;

    @BeforeAll
    static void unpack() throws Exception {
        MiniLm.prepare();
        Path folder = Files.createDirectories(MiniLm.CACHE.resolve("models").resolve(NAME));
        files =
                new ModelFiles(
                        NAME, copy(NAME + ".onnx", folder), copy(NAME + "-tokenizer.json", folder));
    }

    private static Path copy(String resource, Path folder) throws Exception {
        Path file = folder.resolve(resource);
        if (Files.notExists(file)) {
            Path partial = Files.createTempFile(folder, resource, ".partial");
            try (InputStream in =
                    SecondRealExportTest.class.getClassLoader().getResourceAsStream(resource)) {
                Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    @Test
    void itLoadsAndSaysWhatTheUntouchedFileSays() throws Exception {
        try (LanguageModel model = LanguageModel.open(files);
                TextTokenizer tokenizer = TextTokenizer.open(files.tokenizer(), 32)) {
            List<Example> examples =
                    MiniLm.TEXTS.stream().map(text -> new Example(text, 0)).toList();
            Batch batch = new TokenizedSplit(examples, tokenizer).batch(0, 1, 2, 3);
            float[] expected = UntouchedFile.run(files.path(), batch, "last_hidden_state");

            OnnxGraph graph = model.graph().graph();
            PooledText.addTo(graph, model.hiddenStates());
            graph.setOutputs(List.of(model.hiddenStates(), PooledText.OUTPUT));
            try (ForwardPass pass = new ForwardPass(graph, model.weights().values(), 2)) {
                List<float[]> found =
                        pass.run(batch, List.of(model.hiddenStates(), PooledText.OUTPUT));

                assertThat(MiniLm.largestDifference(found.get(0), expected)).isLessThan(1e-4);
                assertThat(found.get(1)).hasSize(batch.size() * 384);
            }
            assertThat(model.describe())
                    .isEqualTo("encoder, 12 layers, hidden size 384, 33.2 M parameters, fp32");
            assertThat(model.info().vocabularySize()).isEqualTo(30522);
            assertThat(Projection.queriesAndValues(graph, model.weights())).hasSize(24);
            assertThat(model.info().tied()).isEmpty();
        }
    }

    @Test
    void itsWeightsHaveTheNamesPeopleKnow() throws Exception {
        try (OnnxExport export = OnnxExport.open(files.path())) {
            assertThat(export.file().publishedNames().values())
                    .contains("encoder.layer.11.intermediate.dense.weight")
                    .noneMatch(name -> name.contains("::"));
        }
    }
}
