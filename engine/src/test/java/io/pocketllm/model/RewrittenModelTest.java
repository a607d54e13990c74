package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.forward.SecondRealModel;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real models, once from their ONNX files and once as Hugging Face folders. */
@Timeout(120)
class RewrittenModelTest {

    @Test
    void theDefaultModelGivesTheSameHiddenStatesBothWays(@TempDir Path folder) throws Exception {
        assertSame(MiniLm.model(), folder);
    }

    @Test
    void bgeSmallGivesTheSameHiddenStatesBothWays(@TempDir Path folder) throws Exception {
        try (LanguageModel onnx = LanguageModel.open(SecondRealModel.files())) {
            assertSame(onnx, folder);
        }
    }

    private static void assertSame(LanguageModel onnx, Path folder) throws Exception {
        RewrittenModel.write(onnx, folder);
        Batch batch = MiniLm.split(MiniLm.TEXTS).batch(0, 1, 2, 3, 4);

        try (LanguageModel rewritten = LanguageModel.open(GoldenCase.files("m", folder))) {
            float[] expected = states(onnx, batch);
            float[] found = states(rewritten, batch);

            assertThat(GoldenCase.difference(found, expected, batch.attentionMask()))
                    .isLessThan(1e-4);
            assertThat(rewritten.parameters()).isEqualTo(onnx.parameters() - pooler(onnx));
            assertThat(rewritten.graph().vocabularyHead()).as("it has no words").isEmpty();
            assertThat(Projection.queriesAndValues(rewritten.graph().projections()))
                    .extracting(Projection::name)
                    .isEqualTo(
                            Projection.queriesAndValues(onnx.graph().projections()).stream()
                                    .map(Projection::name)
                                    .toList());
        }
    }

    private static long pooler(LanguageModel onnx) {
        return onnx.weights().values().stream()
                .filter(t -> t.name().startsWith("pooler"))
                .mapToLong(Tensor::elements)
                .sum();
    }

    private static float[] states(LanguageModel model, Batch batch) {
        ForwardGraph forward = model.graph();
        forward.graph().setOutputs(List.of(forward.hiddenStates()));
        try (ForwardPass pass = new ForwardPass(forward.graph(), model.weights().values(), 2)) {
            return pass.run(batch, forward.hiddenStates());
        }
    }
}
