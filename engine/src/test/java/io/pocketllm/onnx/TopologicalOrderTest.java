package io.pocketllm.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class TopologicalOrderTest {

    @Property(tries = 300)
    void anyShuffledGraphIsOrderedSoThatEachNodeComesAfterWhatItReads(
            @ForAll @IntRange(min = 1, max = 60) int nodes,
            @ForAll @DoubleRange(max = 0.5) double density,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<NodeProto> graph = randomGraph(nodes, density, random);
        List<NodeProto> shuffled = new ArrayList<>(graph);
        Collections.shuffle(shuffled, random);

        List<NodeProto> ordered = TopologicalOrder.of(shuffled);

        assertThat(ordered).containsExactlyInAnyOrderElementsOf(graph);
        Set<String> there = new HashSet<>(Set.of("x", "weight"));
        for (NodeProto node : ordered) {
            assertThat(there).as("read by %s", node.getName()).containsAll(node.getInputList());
            there.addAll(node.getOutputList());
        }
    }

    @Property(tries = 100)
    void aGraphThatIsInOrderStaysAsItIs(
            @ForAll @IntRange(min = 1, max = 60) int nodes, @ForAll long seed) {
        List<NodeProto> graph = randomGraph(nodes, 0.1, new Random(seed));

        assertThat(TopologicalOrder.of(graph)).isEqualTo(graph);
    }

    @Property(tries = 100)
    void anEdgeBackwardsIsACycleAndRefused(
            @ForAll @IntRange(min = 2, max = 40) int nodes, @ForAll long seed) {
        // A chain, and its first node reads the last one's output.
        List<NodeProto> ring = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            ring.add(TinyOnnx.node("Neg", "v" + i, "v" + (i + nodes - 1) % nodes));
        }
        ring.add(TinyOnnx.node("Neg", "outside", "x"));
        Collections.shuffle(ring, new Random(seed));

        assertThatIllegalStateException()
                .isThrownBy(() -> TopologicalOrder.of(ring))
                .withMessageContaining("cycle");
    }

    /** In ONNX an empty name is an optional input or output that is left out. */
    @Example
    void optionalValuesThatAreLeftOutBindNothing() {
        NodeProto first = TinyOnnx.node("Clip", "a", "x", "", "limit");
        NodeProto second = TinyOnnx.node("Dropout", "b", "a").toBuilder().addOutput("").build();

        assertThat(TopologicalOrder.of(List.of(second, first))).containsExactly(first, second);
    }

    /** Node i reads some of the nodes before it, a weight, and one of them twice. */
    private static List<NodeProto> randomGraph(int nodes, double density, Random random) {
        List<NodeProto> graph = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            NodeProto.Builder node = TinyOnnx.node("Sum", "v" + i, "x", "weight").toBuilder();
            for (int j = 0; j < i; j++) {
                if (random.nextDouble() < density) {
                    node.addInput("v" + j);
                }
            }
            graph.add(node.addInput(node.getInput(node.getInputCount() - 1)).build());
        }
        return graph;
    }
}
