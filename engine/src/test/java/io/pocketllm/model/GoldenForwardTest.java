package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.model.ModelInfo.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every architecture's forward pass against what the transformers library computes. */
@Timeout(60)
class GoldenForwardTest {

    static final List<String> CASES =
            List.of(
                    "bert-tiny",
                    "roberta-tiny",
                    "distilbert-tiny",
                    "opt-tiny",
                    "opt-postnorm-tiny",
                    "gpt2-tiny",
                    "llama-tiny",
                    "llama-tied-tiny",
                    "llama3-tiny",
                    "qwen2-tiny");

    static final List<String> ENCODERS = CASES.subList(0, 3);

    static final List<String> DECODERS = CASES.subList(3, CASES.size());

    private static final double LOGITS = 1e-4;
    private static final double HIDDEN = 4e-5;
    private static final double NLL = 1e-4;
    private static final double LOSS = 5e-5;

    @ParameterizedTest
    @FieldSource("CASES")
    void hiddenStatesLogitsAndLossAreThoseOfTheLibrary(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name)) {
            assertForward(golden, "");
        }
    }

    @ParameterizedTest
    @CsvSource({"bert-tiny", "roberta-tiny", "opt-tiny", "gpt2-tiny"})
    void olderNamesAndTensorsNobodyNeedsChangeNothing(String name, @TempDir Path folder)
            throws Exception {
        try (GoldenCase golden = GoldenCase.open(name, "model-altnames.safetensors", folder)) {
            assertForward(golden, "");
        }
    }

    @ParameterizedTest
    @FieldSource("DECODERS")
    void paddingOnTheLeftChangesNoRealToken(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name)) {
            assertForward(golden, "left.");
        }
    }

    @ParameterizedTest
    @CsvSource("gpt2-tiny")
    void positionsThatTheCallerGivesAreTheOnesUsed(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name)) {
            long[] running = new long[36];
            Arrays.setAll(running, i -> i % 12);

            float[] logits = logits(golden, "left.", Map.of("position_ids", running));

            assertThat(
                            GoldenCase.difference(
                                    logits,
                                    golden.expected("left.logits_arange_positions"),
                                    golden.input("left.attention_mask")))
                    .isLessThan(LOGITS);
        }
    }

    @ParameterizedTest
    @FieldSource("DECODERS")
    void candidatesScoreAsInTheReference(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name)) {
            float[] logits = logits(golden, "options.", Map.of());
            assertThat(
                            GoldenCase.difference(
                                    logits,
                                    golden.expected("options.logits"),
                                    golden.input("options.attention_mask")))
                    .isLessThan(LOGITS);

            long[] lengths = golden.input("options.option_len");
            long[] ids = golden.input("options.input_ids");
            double[] scores = new double[4];
            double all = 0;
            for (int row = 0; row < 4; row++) {
                for (int t = 10 - (int) lengths[row]; t < 10; t++) {
                    double nll = nll(logits, row * 10 + t - 1, ids[row * 10 + t], ids.length);
                    scores[row] -= nll / lengths[row];
                    all += nll;
                }
            }
            float[] expected = golden.expected("options.candidate_scores");
            for (int row = 0; row < 4; row++) {
                assertThat(scores[row]).isCloseTo(expected[row], within(LOSS));
            }
            assertThat(all / Arrays.stream(lengths).sum())
                    .isCloseTo(golden.expected("options.token_loss")[0], within(LOSS));
            assertThat(classLoss(golden, scores))
                    .isCloseTo(golden.expected("options.class_loss")[0], within(LOSS));
        }
    }

    /** Two candidates an example; the label is repeated in each of their rows. */
    private static double classLoss(GoldenCase golden, double[] scores) {
        long[] labels = golden.input("options.labels");
        double loss = 0;
        for (int example = 0; example < 2; example++) {
            double a = scores[2 * example];
            double b = scores[2 * example + 1];
            double right = labels[2 * example] == 0 ? a : b;
            loss += Math.log(Math.exp(a) + Math.exp(b)) - right;
        }
        return loss / 2;
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void labelWordsAtTheMaskScoreAsInTheReference(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name)) {
            long[] positions = golden.input("prompt.mask_pos");
            for (int row = 0; row < positions.length; row++) {
                positions[row] += row * 12L;
            }
            ForwardGraph forward = golden.model().graph();
            String picked = PickedStates.addTo(forward.graph(), forward.hiddenStates());
            String logits =
                    forward.vocabularyHead()
                            .orElseThrow()
                            .addTo(forward.graph(), picked, golden.input("prompt.label_words"));
            float[] found =
                    golden.run(
                                    forward.graph(),
                                    "",
                                    golden.model().weights().values(),
                                    Map.of(PickedStates.POSITIONS, positions),
                                    List.of(logits))
                            .getFirst();

            assertThat(found).hasSize(9);
            long[] ones = {1, 1, 1};
            assertThat(GoldenCase.difference(found, golden.expected("prompt.class_logits"), ones))
                    .isLessThan(LOSS);
            double loss = 0;
            long[] labels = golden.input("prompt.class_labels");
            for (int row = 0; row < 3; row++) {
                loss += nll(found, row, labels[row], 3) / 3;
            }
            assertThat(loss).isCloseTo(golden.expected("prompt.class_loss")[0], within(LOSS));
        }
    }

    private static void assertForward(GoldenCase golden, String prefix) throws Exception {
        ForwardGraph forward = golden.model().graph();
        String logits = wholeHead(forward);
        List<String> outputs = new ArrayList<>(forward.layerOutputs());
        outputs.add(logits);
        List<float[]> found =
                golden.run(
                        forward.graph(),
                        prefix,
                        golden.model().weights().values(),
                        Map.of(),
                        outputs);
        long[] mask = golden.input(prefix + "attention_mask");

        assertThat(forward.layerOutputs().getLast()).isEqualTo(forward.hiddenStates());
        assertThat(forward.layerOutputs()).hasSize(golden.model().info().layers() + 1);
        for (int i = 0; i < forward.layerOutputs().size(); i++) {
            String wanted =
                    i == forward.layerOutputs().size() - 1
                            ? prefix + "last_hidden_state"
                            : prefix + "hidden_states." + i;
            if (golden.expects(wanted)) {
                assertThat(GoldenCase.difference(found.get(i), golden.expected(wanted), mask))
                        .as(wanted)
                        .isLessThan(HIDDEN);
            }
        }
        assertThat(GoldenCase.difference(found.getLast(), golden.expected(prefix + "logits"), mask))
                .as("logits")
                .isLessThan(LOGITS);
        assertLoss(golden, prefix, found.getLast());
    }

    private static void assertLoss(GoldenCase golden, String prefix, float[] logits) {
        boolean causal = golden.model().info().kind() == Kind.DECODER;
        long[] labels = golden.input(prefix + "labels");
        int length = (int) golden.shape(prefix + "labels")[1];
        int width = causal ? length - 1 : length;
        float[] expected = golden.expected(prefix + "token_nll");
        double sum = 0;
        int count = 0;
        for (int i = 0; i < expected.length; i++) {
            int at = i / width * length + i % width;
            long label = labels[causal ? at + 1 : at];
            double nll = label == -100 ? 0 : nll(logits, at, label, labels.length);
            assertThat(nll).as("token %d", i).isCloseTo(expected[i], within(NLL));
            sum += nll;
            count += label == -100 ? 0 : 1;
        }
        assertThat(sum / count)
                .as("loss")
                .isCloseTo(golden.expected(prefix + "loss")[0], within(LOSS));
    }

    /** −log of the softmax of one of {@code rows} rows. */
    private static double nll(float[] logits, int row, long label, int rows) {
        int width = logits.length / rows;
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += Math.exp(logits[row * width + i]);
        }
        return Math.log(sum) - logits[row * width + (int) label];
    }

    private static float[] logits(GoldenCase golden, String prefix, Map<String, long[]> more)
            throws Exception {
        ForwardGraph forward = golden.model().graph();
        return golden.run(
                        forward.graph(),
                        prefix,
                        golden.model().weights().values(),
                        more,
                        List.of(wholeHead(forward)))
                .getFirst();
    }

    /** Every token's logits: shape (batch · tokens, vocabulary). */
    private static String wholeHead(ForwardGraph forward) {
        String rows =
                forward.graph()
                        .add(
                                "Flatten",
                                "test/rows",
                                List.of(forward.hiddenStates()),
                                io.pocketllm.onnx.OnnxGraph.attribute("axis", 2L));
        return forward.vocabularyHead().orElseThrow().addTo(forward.graph(), rows);
    }
}
