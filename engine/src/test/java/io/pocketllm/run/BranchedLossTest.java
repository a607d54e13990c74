package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.zo.BranchedLoss;
import io.pocketllm.zo.StepResult;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All of a step's points in one call of the real model, against one call at each point. */
@Timeout(120)
class BranchedLossTest {

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({
        "head,   activation-subspace, two-sided, 0.1",
        "head,   gaussian,            one-sided, 0",
        "lora,   gaussian,            two-sided, 0",
        "lora-b, gaussian,            one-sided, 0.1",
        "lora-b, activation-subspace, two-sided, 0",
    })
    void oneCallOverCopiesGivesTheLossesOfAWalk(
            String space, String direction, String estimator, String dropout) throws Exception {
        MiniLm.prepare();
        RunFile file =
                SmallInbox.run(
                        folder,
                        space,
                        1,
                        "method.direction",
                        direction,
                        "method.estimator",
                        estimator,
                        "method.branches",
                        "in-graph",
                        "method.directions",
                        "3",
                        "method.perturbationScale",
                        "0.05",
                        "data.tokenDropout",
                        dropout);
        RunSpec spec = file.spec();
        try (TrainingTask task = new TaskBuilder(file, 2, (p, f) -> {}).build(MiniLm.CACHE);
                ZerothOrderOptimizer walk =
                        new ZerothOrderOptimizer(task.trainable(), spec.method(), 5, 1);
                ZerothOrderOptimizer copies =
                        new ZerothOrderOptimizer(task.trainable(), spec.method(), 5, 1)) {
            Batch batch =
                    task.trainBatch(new int[] {0, 3, 4, 9, 11}, spec.data().tokenDropout(), 5, 1);
            // A step size of zero leaves the parameters to the second where the first had them.
            StepResult inGraph =
                    copies.step(
                            1,
                            0,
                            new BranchedLoss(
                                    task.branched().copies(), () -> task.branched().losses(batch)));
            StepResult inPlace = walk.step(1, 0, () -> task.objective().loss(batch));

            assertThat(inGraph.lossPlus()).isCloseTo(inPlace.lossPlus(), offset(1e-5));
            assertThat(inGraph.lossMinus()).isCloseTo(inPlace.lossMinus(), offset(1e-5));
            // 1e-5 of a loss over 2ε, or ε where one-sided.
            assertThat(inGraph.slopes()).containsExactly(inPlace.slopes(), offset(2e-4f));
            assertThat(inPlace.slopes()).doesNotContain(0f);
        }
    }
}
