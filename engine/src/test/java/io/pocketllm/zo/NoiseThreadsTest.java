package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However many threads draw the noise, the bits are the same. */
@Timeout(60)
class NoiseThreadsTest {

    /** Three tiles and a half, and an odd number of elements. */
    private static final int ELEMENTS = (int) (3.5 * NoiseStream.TILE_ELEMENTS) + 1;

    static Stream<MethodSpec> methods() {
        return Stream.of(
                Methods.mezo(),
                Methods.method(Direction.RADEMACHER, 2, Update.SGD, 0.1),
                Methods.method(Direction.GAUSSIAN, 2, Update.MOMENTUM, 0.1),
                Methods.method(Direction.SPARSE, 1, Update.ADAM, 0),
                Methods.method(Direction.CONE, 2, Update.SGD, 0),
                Methods.method(Direction.LOW_RANK, 2, Update.LOW_RANK_MOMENTUM, 0.1),
                Methods.method(Direction.GAUSSIAN, 1, Update.CONSERVATIVE, 0));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void oneTwoAndThreeThreadsGiveTheSameBits(MethodSpec method) {
        float[] one = trained(method, 1);

        assertThat(one).isNotEqualTo(new float[one.length]);
        assertThat(trained(method, 2)).isEqualTo(one);
        assertThat(trained(method, 3)).isEqualTo(one);
    }

    private static float[] trained(MethodSpec method, int threads) {
        try (ParameterStore store = new ParameterStore();
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(store, method, 21, prepared(store, threads))) {
            Tensor large = store.get("large.weight");
            for (int step = 1; step <= 3; step++) {
                // Elements of every tile, the last one among them, so that a lost one shows.
                optimizer.step(
                        step,
                        () -> {
                            double sum = 0;
                            for (int i = ELEMENTS - 1; i >= 0; i -= 1000) {
                                sum += large.get(i) * large.get(i);
                            }
                            return sum / 10;
                        });
            }
            float[] small = store.get("small.bias").toArray();
            float[] all = large.toArray();
            float[] both = java.util.Arrays.copyOf(all, all.length + small.length);
            System.arraycopy(small, 0, both, all.length, small.length);
            return both;
        }
    }

    private static int prepared(ParameterStore store, int threads) {
        Tensor large = store.allocate("large.weight", ELEMENTS);
        store.allocate("small.bias", 3);
        for (int i = 0; i < ELEMENTS; i++) {
            large.set(i, (i % 17) / 17f);
        }
        return threads;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 16})
    void everyElementIsWorkedOnOnceInEvenTiles(int threads) {
        AtomicIntegerArray visits = new AtomicIntegerArray(ELEMENTS);
        try (TilePool pool = new TilePool(threads)) {
            pool.forEachTile(
                    ELEMENTS,
                    (from, to) -> {
                        assertThat(from % NoiseStream.TILE_ELEMENTS).isZero();
                        for (long i = from; i < to; i++) {
                            visits.incrementAndGet((int) i);
                        }
                    });
        }

        for (int i = 0; i < ELEMENTS; i++) {
            if (visits.get(i) != 1) {
                throw new AssertionError("element " + i + ": " + visits.get(i) + " times");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyElementOfManyMixedTensorsIsWorkedOnOnce(int threads) {
        try (ParameterStore store = new ParameterStore();
                TilePool pool = new TilePool(threads)) {
            int[] sizes = {
                3, ELEMENTS, 1, 0, 1000, (int) NoiseStream.TILE_ELEMENTS, 2, ELEMENTS, 7
            };
            for (int t = 0; t < sizes.length; t++) {
                store.allocate("t" + t, sizes[t]);
            }
            List<Tensor> tensors = List.copyOf(store.tensors());

            pool.forEachTile(
                    tensors,
                    (t, from, to) -> {
                        for (long i = from; i < to; i++) {
                            tensors.get(t).set(i, tensors.get(t).get(i) + t + 1);
                        }
                    });

            for (int t = 0; t < sizes.length; t++) {
                for (int i = 0; i < sizes[t]; i++) {
                    if (tensors.get(t).get(i) != t + 1) {
                        throw new AssertionError("element " + i + " of tensor " + t);
                    }
                }
            }
        }
    }

    /** Each of two tiles waits for the other: one thread alone would never come to the end. */
    @Test
    void tilesOfDifferentTensorsAreWorkedOnAtTheSameTime() {
        try (ParameterStore store = new ParameterStore();
                TilePool pool = new TilePool(2)) {
            store.allocate("one", NoiseStream.TILE_ELEMENTS);
            store.allocate("two", NoiseStream.TILE_ELEMENTS);
            CountDownLatch both = new CountDownLatch(2);

            pool.forEachTile(
                    List.copyOf(store.tensors()),
                    (t, from, to) -> {
                        both.countDown();
                        try {
                            assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    });

            assertThat(both.getCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aFailureOnANoiseThreadReachesTheCaller(int threads) {
        IllegalArgumentException failure = new IllegalArgumentException("tile 1");
        try (TilePool pool = new TilePool(threads)) {
            assertThatIllegalStateException()
                    .isThrownBy(
                            () ->
                                    pool.forEachTile(
                                            ELEMENTS,
                                            (from, to) -> {
                                                if (to == ELEMENTS) {
                                                    throw failure;
                                                }
                                            }))
                    .withCause(failure);
        }
    }
}
