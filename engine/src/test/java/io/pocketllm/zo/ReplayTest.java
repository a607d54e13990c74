package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A trajectory over the start values gives the trained parameters, and a run that goes on from it.
 */
@Timeout(60)
class ReplayTest {

    private static final long SEED = -31;
    private static final int STEPS = 9;
    private static final int KILLED_AFTER = 4;

    /** More than a tile, an odd number of rows, and a last word of the mask that is not full. */
    private static final long[] LARGE = {131, 509};

    @TempDir private Path folder;

    static Stream<MethodSpec> methods() {
        return Methods.everyKind();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aReplayGivesTheTrainedBitsWithAnyNumberOfThreads(MethodSpec method) throws Exception {
        try (ParameterStore trained = start();
                ParameterStore replayed = start()) {
            boolean inGraph = method.inGraph();
            train(trained, method, 1, STEPS, inGraph);
            try (TrajectoryReader reader = TrajectoryReader.open(file());
                    ZerothOrderOptimizer optimizer =
                            new ZerothOrderOptimizer(
                                    replayed,
                                    reader.header().method(),
                                    reader.header().seed(),
                                    2)) {
                Replayer.requireSameTensors(reader.header(), replayed);

                assertThat(reader.header().method()).isEqualTo(method);
                assertThat(Replayer.replay(reader, optimizer, s -> {})).isEqualTo(STEPS);
            }
            assertSameBits(replayed, trained);
            try (ParameterStore untouched = start()) {
                assertThat(trained.get("a.weight").toArray())
                        .isNotEqualTo(untouched.get("a.weight").toArray());
            }
        }
    }

    /** Running means, masks and the span of V are rebuilt too, or the second half would differ. */
    @ParameterizedTest
    @MethodSource("methods")
    void aRunKilledInTheMiddleOfARecordGoesOnToTheSameBits(MethodSpec method) throws Exception {
        try (ParameterStore undisturbed = start();
                ParameterStore resumed = start()) {
            train(undisturbed, method, 1, STEPS, method.inGraph());
            byte[] expected = Files.readAllBytes(file());
            try (ParameterStore killed = start()) {
                train(killed, method, 2, KILLED_AFTER, method.inGraph());
            }
            Files.write(file(), new byte[] {5, 0, 0}, StandardOpenOption.APPEND);

            try (TrajectoryReader reader = TrajectoryReader.open(file());
                    ZerothOrderOptimizer optimizer =
                            new ZerothOrderOptimizer(resumed, method, SEED, 1)) {
                int done = Replayer.replay(reader, optimizer, s -> {});
                assertThat(done).isEqualTo(KILLED_AFTER);
                try (TrajectoryWriter writer =
                        TrajectoryWriter.behind(file(), reader.header(), reader.wholeBytes())) {
                    steps(resumed, optimizer, writer, done, STEPS, method.inGraph());
                }
            }

            assertSameBits(resumed, undisturbed);
            assertThat(file()).hasBinaryContent(expected);
        }
    }

    @Test
    void otherTensorsAreRefused() throws Exception {
        try (ParameterStore trained = start();
                ParameterStore other = new ParameterStore()) {
            train(trained, Methods.mezo(), 1, 1, false);
            other.allocate("a.weight", 509, 131);
            try (TrajectoryReader reader = TrajectoryReader.open(file())) {
                assertThat(
                                org.assertj.core.api.Assertions.catchThrowableOfType(
                                        TrajectoryException.class,
                                        () -> Replayer.requireSameTensors(reader.header(), other)))
                        .hasMessageContaining("other tensors");
            }
        }
    }

    /** Both ways of visiting the points measure the same losses up to the rounding of a walk. */
    @ParameterizedTest
    @MethodSource("methods")
    void copiesInAGraphMeasureWhatAWalkMeasures(MethodSpec method) {
        if (method.update() == MethodSpec.Update.CONSERVATIVE) {
            return;
        }
        try (ParameterStore walked = start();
                ParameterStore copied = start();
                ParameterStore copies = copies(copied, method);
                ZerothOrderOptimizer walk = new ZerothOrderOptimizer(walked, method, SEED, 1);
                ZerothOrderOptimizer branch = new ZerothOrderOptimizer(copied, method, SEED, 1)) {
            StepResult inPlace = walk.step(1, () -> loss(walked));
            StepResult inGraph =
                    branch.step(1, method.learningRate(), branched(copies, method.probes()));

            assertThat(inGraph.lossPlus())
                    .isCloseTo(inPlace.lossPlus(), org.assertj.core.data.Offset.offset(1e-5));
            assertThat(inGraph.lossMinus())
                    .isCloseTo(inPlace.lossMinus(), org.assertj.core.data.Offset.offset(1e-5));
            assertThat(inGraph.slopes())
                    .containsExactly(inPlace.slopes(), org.assertj.core.data.Offset.offset(2e-2f));
        }
    }

    private Path file() {
        return folder.resolve("trajectory.zot");
    }

    private void train(
            ParameterStore store, MethodSpec method, int threads, int steps, boolean inGraph)
            throws IOException {
        TrajectoryHeader header = TrajectoryHeader.of(SEED, method, store.tensors());
        try (ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(store, method, SEED, threads);
                TrajectoryWriter writer = new TrajectoryWriter(file(), header)) {
            steps(store, optimizer, writer, 0, steps, inGraph);
        }
    }

    private static void steps(
            ParameterStore store,
            ZerothOrderOptimizer optimizer,
            TrajectoryWriter writer,
            int done,
            int steps,
            boolean inGraph)
            throws IOException {
        for (int step = done + 1; step <= steps; step++) {
            double learningRate = 0.02 / step;
            if (inGraph) {
                int points = optimizer.points();
                try (ParameterStore copies = copies(store, points)) {
                    writer.append(optimizer.step(step, learningRate, branched(copies, points)));
                }
            } else {
                writer.append(optimizer.step(step, learningRate, () -> loss(store)));
            }
        }
    }

    private static BranchedLoss branched(ParameterStore copies, int points) {
        return new BranchedLoss(
                copies,
                () -> {
                    double[] losses = new double[points];
                    for (int i = 0; i < points; i++) {
                        int copy = i;
                        losses[i] =
                                copies.tensors().stream()
                                        .mapToDouble(
                                                t -> {
                                                    long size = t.elements() / points;
                                                    return loss(t, copy * size, size);
                                                })
                                        .sum();
                    }
                    return losses;
                });
    }

    private static ParameterStore copies(ParameterStore store, MethodSpec method) {
        return copies(store, method.probes());
    }

    private static ParameterStore copies(ParameterStore store, int points) {
        ParameterStore copies = new ParameterStore();
        for (Tensor tensor : store.tensors()) {
            copies.allocate(tensor.name(), points, tensor.elements());
        }
        return copies;
    }

    private static double loss(ParameterStore store) {
        return store.tensors().stream().mapToDouble(t -> loss(t, 0, t.elements())).sum();
    }

    private static double loss(Tensor tensor, long from, long size) {
        double sum = 0;
        for (long i = 0; i < size; i += 97) {
            double d = tensor.get(from + i) - 0.3;
            sum += d * d / 50;
        }
        return sum;
    }

    private static ParameterStore start() {
        ParameterStore store = new ParameterStore();
        store.allocate("a.weight", LARGE);
        store.allocate("a.bias", 77);
        int n = 0;
        for (Tensor tensor : store.tensors()) {
            for (long i = 0; i < tensor.elements(); i++) {
                tensor.set(i, (float) Math.sin(++n));
            }
        }
        return store;
    }

    private static void assertSameBits(ParameterStore found, ParameterStore expected) {
        for (Tensor tensor : expected.tensors()) {
            assertThat(found.get(tensor.name()).memory().mismatch(tensor.memory()))
                    .as("first differing byte of %s", tensor.name())
                    .isEqualTo(-1);
        }
    }
}
