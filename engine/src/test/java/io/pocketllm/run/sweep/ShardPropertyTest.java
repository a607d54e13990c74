package io.pocketllm.run.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.run.RunFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Several computers together run each combination once. */
class ShardPropertyTest {

    @Property(tries = 100)
    void everyCombinationAppearsOnceOverAllShards(
            @ForAll @IntRange(min = 1, max = 5) int rates,
            @ForAll @IntRange(min = 1, max = 5) int seeds,
            @ForAll @IntRange(min = 1, max = 7) int shards)
            throws Exception {
        List<Combination> all = grid(rates, seeds).combinations();
        assertThat(all).hasSize(rates * seeds).doesNotHaveDuplicates();
        assertThat(all.stream().map(Combination::settings)).doesNotHaveDuplicates();

        List<Combination> dealt = new ArrayList<>();
        for (int i = 1; i <= shards; i++) {
            Shard shard = Shard.parse("--shard", i + "/" + shards);
            List<Combination> part = all.stream().filter(shard::takes).toList();
            // No computer has more than one run more than another.
            assertThat(part.size() - all.size() / shards).isBetween(0, 1);
            dealt.addAll(part);
        }
        assertThat(dealt).containsExactlyInAnyOrderElementsOf(all);
    }

    @Property(tries = 50)
    void drawnCombinationsAreDealtTheSameWay(
            @ForAll @IntRange(min = 1, max = 40) int runs,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int shards)
            throws Exception {
        String rest =
                "\"parameters\": { \"method.learningRate\": {\"from\": 0, \"to\": 1},"
                        + " \"seed\": [1, 2] }, \"search\": \"random\", \"runs\": "
                        + runs
                        + ", \"seed\": "
                        + seed;
        List<Combination> here = SmallSweep.parse(rest).combinations();
        List<Combination> there = SmallSweep.parse(rest).combinations();
        assertThat(there).isEqualTo(here);
        assertThat(here.stream().map(Combination::settings)).doesNotHaveDuplicates();
        assertThat(
                        IntStream.rangeClosed(1, shards)
                                .mapToObj(i -> new Shard(i, shards))
                                .flatMap(shard -> here.stream().filter(shard::takes)))
                .containsExactlyInAnyOrderElementsOf(here);
    }

    @Property(tries = 20)
    void drawsThatAreTypedAreThoseOfTheJsonTheyMeanInEveryPart(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int shards) throws Exception {
        String rest =
                "\"search\": \"random\", \"runs\": 20, \"seed\": " + seed + ", \"parameters\": ";
        SweepFile typed =
                SmallSweep.parse(
                        rest
                                + "{ \"method.learningRate\": \"~ log 1e-4 .. 1e-2\","
                                + " \"training.batchSize\": \"~4, 8, 16\" }");
        SweepFile json =
                SmallSweep.parse(
                        rest
                                + "{ \"method.learningRate\":"
                                + " {\"from\": 1e-4, \"to\": 0.01, \"scale\": \"log\"},"
                                + " \"training.batchSize\": [4, 8, 16] }");
        assertThat(typed.combinations()).isEqualTo(json.combinations()).hasSize(20);
        Shard last = new Shard(shards, shards);
        assertThat(typed.combinations().stream().filter(last::takes))
                .containsExactlyElementsOf(
                        json.combinations().stream().filter(last::takes).toList());
        assertThat(typed.toJson()).isEqualTo(json.toJson());
    }

    private static SweepFile grid(int rates, int seeds) throws RunFileException {
        return SmallSweep.parse(
                "\"parameters\": { \"method.learningRate\": ["
                        + numbers(rates)
                        + "], \"seed\": ["
                        + numbers(seeds)
                        + "] }");
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }

    @Example
    void whatIsNoPartIsRefused() {
        for (String text :
                List.of("", "1", "0/3", "4/3", "-1/3", "1/0", "1/3/5", "a/b", "1/99999999999")) {
            assertThatThrownBy(() -> Shard.parse("--shard", text))
                    .as(text)
                    .isInstanceOf(RunFileException.class)
                    .hasMessageContaining("\"" + text + "\"");
        }
    }
}
