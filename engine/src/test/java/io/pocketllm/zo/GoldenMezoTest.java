package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pocketllm.tensor.Tensor;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Our steps against those of MeZO's reference code, number by number. */
@Timeout(60)
class GoldenMezoTest {

    static final List<String> RUNS = GoldenMezo.RUNS;

    private static final Offset<Double> LOSS = within(1e-4);
    private static final Offset<Double> SLOPE = within(2e-2);
    private static final Offset<Double> NORM = within(1e-4);
    private static final Offset<Float> FREE_RUN = within(3e-5f);
    private static final Offset<Float> REPLAY = within(1e-5f);

    @ParameterizedTest
    @FieldSource("RUNS")
    void everyStepIsThatOfTheReference(String run) throws Exception {
        try (GoldenMezo golden = GoldenMezo.open(run);
                ZerothOrderOptimizer optimizer = golden.optimizer(2)) {
            assertThat(golden.loss())
                    .isCloseTo(golden.json.at("/float32/loss_initial").asDouble(), LOSS);
            for (int step = 1; step <= golden.steps(); step++) {
                StepResult result = optimizer.step(step, golden::loss);

                assertThat(result.lossPlus()).isCloseTo(golden.expected("loss_plus", step), LOSS);
                assertThat(result.lossMinus()).isCloseTo(golden.expected("loss_minus", step), LOSS);
                assertThat(result.projectedGradient())
                        .isCloseTo(golden.expected("projected_grad", step), SLOPE);
                assertThat(golden.loss()).isCloseTo(golden.expected("loss_after", step), LOSS);
                assertThat(golden.norm()).isCloseTo(golden.expected("theta_l2", step), NORM);
            }
            assertParameters(golden, FREE_RUN);
        }
    }

    @ParameterizedTest
    @FieldSource("RUNS")
    void theReferencesSlopesAloneLeadToItsParameters(String run) throws Exception {
        try (GoldenMezo golden = GoldenMezo.open(run);
                ZerothOrderOptimizer optimizer = golden.optimizer(1)) {
            float learningRate = golden.json.get("learning_rate").floatValue();
            for (int step = 1; step <= golden.steps(); step++) {
                float slope = (float) golden.expected("projected_grad", step);
                optimizer.replay(
                        new StepResult(step, 0, 0, new float[] {slope}, learningRate), false);

                assertThat(golden.norm()).isCloseTo(golden.expected("theta_l2", step), NORM);
            }
            assertParameters(golden, REPLAY);
        }
    }

    private static void assertParameters(GoldenMezo golden, Offset<Float> tolerance) {
        for (Tensor tensor : golden.parameters.tensors()) {
            assertThat(tensor.toArray())
                    .as(tensor.name())
                    .containsExactly(golden.expectedFinally(tensor.name()), tolerance);
        }
    }

    @ParameterizedTest
    @FieldSource("RUNS")
    void theSameTensorsMoveInTheSameOrderAndTheSameOfThemDecay(String run) throws Exception {
        try (GoldenMezo golden = GoldenMezo.open(run)) {
            JsonNode listed = golden.json.get("tensors");
            List<Tensor> tensors = List.copyOf(golden.parameters.tensors());
            assertThat(tensors).hasSize(listed.size());
            for (int i = 0; i < tensors.size(); i++) {
                JsonNode entry = listed.get(i);
                assertThat(tensors.get(i).name()).isEqualTo(entry.get("name").asText());
                assertThat(ZerothOrderOptimizer.decays(tensors.get(i)))
                        .as(tensors.get(i).name())
                        .isEqualTo(entry.get("decayed").asBoolean());
            }
        }
    }

    @Test
    void theHashOfTheSignsIsTheReferences() throws Exception {
        try (GoldenMezo golden = GoldenMezo.open("opt-rademacher")) {
            for (JsonNode vector : golden.json.get("hash_test_vectors")) {
                long hash =
                        GoldenMezo.hash(
                                vector.get("seed").asLong(),
                                vector.get("step").asInt(),
                                vector.get("tensor").asInt(),
                                vector.get("element").asLong());
                assertThat(Long.toHexString(hash))
                        .isEqualTo(vector.get("u64").asText().replaceFirst("^0+", ""));
            }
            long seed = golden.json.get("seed").asLong();
            for (JsonNode tensor : golden.json.get("tensors")) {
                StringBuilder signs = new StringBuilder();
                String expected = tensor.get("step0_first_signs").asText();
                for (int i = 0; i < expected.length(); i++) {
                    int sign = GoldenMezo.sign(seed, 0, tensor.get("index").asInt(), i);
                    signs.append(sign < 0 ? '-' : '+');
                }
                assertThat(signs).hasToString(expected);
            }
        }
    }
}
