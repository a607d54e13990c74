package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.plan.FirstOrderMemory;
import io.pocketllm.plan.FirstOrderMemory.Optimiser;
import io.pocketllm.plan.MemoryPart;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.tensor.DType;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of a run file, and what its verdicts mean. */
class PlannedRunTest {

    @TempDir private Path folder;
    private RunFile file;

    @BeforeEach
    void write() throws Exception {
        file = PromptTrainingTest.file(folder, "opt-tiny", DType.F32, PromptTrainingTest.ANSWER);
    }

    private PlanRequest request(Map<String, String> changes) throws Exception {
        return PlannedRun.request(file.with(changes), folder);
    }

    private static long part(RunPlan plan, String name) {
        return plan.parts().stream()
                .filter(p -> p.name().equals(name))
                .mapToLong(MemoryPart::bytes)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rowsAreExamplesTimesClassesAndAsLongAsTheFileAllows() throws Exception {
        PlanRequest request = request(Map.of("training.microBatch", "2"));

        assertThat(request.batchRows()).isEqualTo(8);
        assertThat(request.microRows()).isEqualTo(4);
        assertThat(request.length()).isEqualTo(32);
        assertThat(request.answerTokens()).isPositive();
    }

    @Test
    void piecesOfABatchAndAQuantisedBaseTakeLess() throws Exception {
        RunPlan whole = RunPlan.of(request(Map.of()));

        assertThat(part(RunPlan.of(request(Map.of("training.microBatch", "1"))), "activations"))
                .isLessThan(part(whole, "activations"));
        assertThat(part(RunPlan.of(request(Map.of("model.base", "int4"))), "frozen weights"))
                .isLessThan(part(whole, "frozen weights"));
    }

    @Test
    void fullTrainingCopiesEveryParameterAndAdamKeepsTwoMoreNumbersForEach() throws Exception {
        PlanRequest request = request(Map.of("method.space", "full", "method.update", "adam"));
        RunPlan plan = RunPlan.of(request);

        assertThat(part(plan, "trainable copies")).isEqualTo(4 * request.model().parameters());
        assertThat(part(plan, "optimiser state")).isEqualTo(8 * request.model().parameters());
        assertThat(plan.totalBytes())
                .isEqualTo(plan.parts().stream().mapToLong(MemoryPart::bytes).sum());
    }

    @Test
    void firstOrderTrainingNeedsWhatItsFormulasSay() throws Exception {
        PlanRequest request = request(Map.of());
        long parameters = request.model().parameters();
        RunPlan adam = FirstOrderMemory.of(request, Optimiser.ADAM);
        RunPlan sgd = FirstOrderMemory.of(request, Optimiser.SGD);

        assertThat(adam.totalBytes() - sgd.totalBytes()).isEqualTo(8 * parameters);
        assertThat(FirstOrderMemory.of(request, Optimiser.ADAMW)).isEqualTo(adam);
        assertThat(part(FirstOrderMemory.of(request, Optimiser.LOMO), "gradients"))
                .isLessThan(part(sgd, "gradients"));
    }

    @Test
    void verdictsFollowTheBudget() {
        assertThat(Verdict.of(899, 1000)).isEqualTo(Verdict.FITS);
        assertThat(Verdict.of(900, 1000)).isEqualTo(Verdict.TIGHT);
        assertThat(Verdict.of(1000, 1000)).isEqualTo(Verdict.TIGHT);
        assertThat(Verdict.of(1001, 1000)).isEqualTo(Verdict.KILLED);
    }

    @Test
    void theLargestBatchFitsAndTheNextDoesNot() throws Exception {
        PlanRequest request = request(Map.of("method.space", "full"));
        long budget = RunPlan.of(request.withBatchRows(700)).totalBytes() * 10 / 9;
        int rows = DeviceFit.of(request, "phone", "Phone", budget).largestBatchRows();

        assertThat(rows).isBetween(1, 4095);
        assertThat(Verdict.of(RunPlan.of(request.withBatchRows(rows)).totalBytes(), budget))
                .isEqualTo(Verdict.FITS);
        assertThat(Verdict.of(RunPlan.of(request.withBatchRows(rows + 1)).totalBytes(), budget))
                .isNotEqualTo(Verdict.FITS);
        assertThat(DeviceFit.of(request, "phone", "Phone", 1000).largestBatchRows()).isZero();
    }

    @Test
    void aTinyModelFitsEveryPhone() throws Exception {
        PlanRequest request = request(Map.of());
        for (DeviceProfile device : DeviceCatalogue.builtin()) {
            assertThat(DeviceFit.of(request, device).verdict())
                    .as(device.id())
                    .isEqualTo(Verdict.FITS);
        }
    }
}
