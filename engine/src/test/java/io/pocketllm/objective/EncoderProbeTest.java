package io.pocketllm.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.PooledText;
import io.pocketllm.model.Projection;
import io.pocketllm.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EncoderProbeTest {

    private static final int HIDDEN = 384;

    /** More than one batch of texts, of mixed length. */
    private final List<String> texts =
            IntStream.range(0, 40).mapToObj(i -> "word ".repeat(1 + 7 * i % 11) + i).toList();

    private final TokenizedSplit split = MiniLm.split(texts);

    @Test
    void pooledTextsComeInTheSplitsOwnOrder() {
        List<Double> shares = new ArrayList<>();
        OnnxGraph graph = MiniLm.graph();
        PooledText.addTo(graph, MiniLm.model().hiddenStates());
        graph.setOutputs(List.of(PooledText.OUTPUT));
        try (EncoderProbe probe = new EncoderProbe(MiniLm.model(), false, 2);
                ForwardPass pass = MiniLm.pass(graph, List.of())) {
            float[] all = probe.pooled(split, shares::add);

            assertThat(all).hasSize(texts.size() * HIDDEN);
            for (int i = 0; i < texts.size(); i += 3) {
                float[] alone = pass.run(split.batch(i), PooledText.OUTPUT);
                float[] found = Arrays.copyOfRange(all, i * HIDDEN, (i + 1) * HIDDEN);
                assertThat(MiniLm.largestDifference(found, alone)).isLessThan(1e-5);
            }
        }
        assertThat(shares).isSorted().endsWith(1.0);
    }

    /** Texts asked one by one have no padding: the same directions must come out. */
    @Test
    void activationsAreThoseOfTheRealTokensOfTheFirstTexts() {
        int count = 6;
        try (EncoderProbe probe = new EncoderProbe(MiniLm.model(), true, 2)) {
            Map<Projection, PrincipalDirections> found =
                    probe.activations(split, count, share -> {});
            assertThat(found.keySet()).containsExactlyElementsOf(probe.projections());
            assertThat(found).hasSize(12);

            Projection query = probe.projections().get(4);
            OnnxGraph graph = MiniLm.graph();
            graph.setOutputs(List.of(query.input()));
            PrincipalDirections expected = new PrincipalDirections(HIDDEN);
            try (ForwardPass pass = MiniLm.pass(graph, List.of())) {
                for (int i = 0; i < count; i++) {
                    Batch alone = split.batch(i);
                    float[] values = pass.run(alone, query.input());
                    for (int token = 0; token < alone.length(); token++) {
                        expected.add(values, token * HIDDEN);
                    }
                }
            }
            assertThat(
                            MiniLm.largestDifference(
                                    found.get(query).columns(4, 1), expected.columns(4, 1)))
                    .isLessThan(1e-3);
        }
    }

    @Test
    void queryAndValueOfALayerShareTheirDirections() {
        try (EncoderProbe probe = new EncoderProbe(MiniLm.model(), true, 2)) {
            Map<Projection, PrincipalDirections> found = probe.activations(split, 2, share -> {});

            List<PrincipalDirections> inOrder = List.copyOf(found.values());
            assertThat(inOrder.get(0)).isSameAs(inOrder.get(1));
            assertThat(inOrder.get(2)).isNotSameAs(inOrder.get(1));
        }
    }
}
