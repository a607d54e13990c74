package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.forward.ForwardOptions;
import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.architecture.SparseCheckpoint;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.tensor.DType;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The plan beside peaks that {@code bench memory} measured. */
class PlanMeasurementsTest {

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0} {1} {3} {4} {5} x {6} {7}")
    @CsvFileSource(resources = "/plan/measured.csv", numLinesToSkip = 1)
    void aPlanIsNearWhatWasMeasured(
            String shape,
            String base,
            int blockSize,
            String method,
            String space,
            int batch,
            int length,
            String profile,
            int microBatch,
            long measuredBytes,
            int percent)
            throws Exception {
        boolean quantised = base.startsWith("int");
        MethodSpec chosen =
                MethodCatalogue.find(method)
                        .orElseThrow()
                        .method(
                                Arrays.stream(MethodSpec.Space.values())
                                        .filter(s -> s.key().equals(space))
                                        .findFirst()
                                        .orElseThrow(),
                                1e-7)
                        .with(MethodSetting.LEARNING_RATE, 1e-7);
        StepBenchmark.Request request =
                new StepBenchmark.Request(
                        shape,
                        base.equals("fp16") ? DType.F16 : DType.F32,
                        new BaseSpec(
                                quantised
                                        ? BaseFormat.of(base).orElseThrow()
                                        : BaseFormat.AS_STORED,
                                blockSize),
                        chosen,
                        batch,
                        length,
                        new ForwardOptions(2, MemoryProfile.of(profile).orElseThrow(), microBatch),
                        0);

        long planned =
                RunPlan.of(
                                StepBenchmark.plan(
                                        request,
                                        SparseCheckpoint.info(folder, shape, request.stored())))
                        .totalBytes();

        double off = 100.0 * (planned - measuredBytes) / measuredBytes;
        assertThat(off)
                .as("planned %,d, measured %,d", planned, measuredBytes)
                .isBetween((double) -percent, (double) percent);
    }
}
