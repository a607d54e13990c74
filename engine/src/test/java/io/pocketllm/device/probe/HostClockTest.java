package io.pocketllm.device.probe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.pocketllm.data.Batch;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.PhoneClock;
import io.pocketllm.device.work.WorkCounter;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.ForwardOptions;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.forward.OptimizedGraph;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.architecture.RandomCheckpoint;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.tensor.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How far the clock is off on the one machine that can be measured here: predicted and measured
 * time of forward passes, weights fed as a worker feeds them. {@code -Dclock.measure=true} prints
 * the table of docs/simulated-phone.md; {@code -Dclock.threads=1} leaves out two threads, whose
 * time can only be taken from the wall and so needs a quiet computer.
 */
@Timeout(1800)
class HostClockTest {

    private static final int MOST_THREADS = Integer.getInteger("clock.threads", 2);
    private static final long SEED = 20240607;

    /** One line of the table. */
    private record Case(String shape, BaseFormat base, int rows, int length, int threads) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("all-MiniLM-L6-v2", BaseFormat.AS_STORED, 16, 64, 1),
                    new Case("all-MiniLM-L6-v2", BaseFormat.AS_STORED, 32, 32, 2),
                    new Case("distilbert", BaseFormat.AS_STORED, 8, 64, 1),
                    new Case("distilbert", BaseFormat.AS_STORED, 16, 32, 2),
                    new Case("roberta-base", BaseFormat.AS_STORED, 8, 64, 1),
                    new Case("roberta-base", BaseFormat.AS_STORED, 8, 64, 2),
                    new Case("roberta-base", BaseFormat.INT8, 8, 64, 1),
                    new Case("roberta-base", BaseFormat.INT8, 16, 64, 2),
                    new Case("roberta-base", BaseFormat.INT8_BLOCK, 8, 64, 1),
                    new Case("roberta-base", BaseFormat.INT4, 8, 64, 1),
                    new Case("roberta-base", BaseFormat.INT4, 4, 128, 2),
                    new Case("opt-125m", BaseFormat.AS_STORED, 4, 64, 1));

    @Test
    @EnabledIfSystemProperty(named = "clock.measure", matches = "true")
    void predictedAndMeasuredTimesAgree() throws Exception {
        MiniLm.prepare();
        Map<Integer, PhoneClock> clocks = new HashMap<>();
        double worst = 0;
        for (Case each : CASES) {
            if (each.threads > MOST_THREADS) {
                continue;
            }
            PhoneClock clock =
                    clocks.computeIfAbsent(
                            each.threads,
                            threads -> {
                                PhoneClock measured = new PhoneClock(HostProbe.measure(threads));
                                System.out.println(threads + " threads: " + measured.rates());
                                return measured;
                            });
            worst = Math.max(worst, Math.abs(error(each, clock)));
        }
        assertThat(worst).isLessThan(0.15);
    }

    /** Predicted over measured, less 1. */
    private static double error(Case each, PhoneClock clock) throws Exception {
        ForwardOptions how = new ForwardOptions(each.threads, MemoryProfile.BALANCED);
        try (LanguageModel model = open(each.shape);
                BaseWeights weights =
                        each.base == BaseFormat.AS_STORED
                                ? null
                                : model.base(new BaseSpec(each.base, 128), MiniLm.CACHE)) {
            BaseModel base = new BaseModel(model, Optional.ofNullable(weights), how);
            ForwardGraph forward = base.graph(GraphOptions.PLAIN);
            String output = forward.hiddenStates();
            forward.graph().setOutputs(List.of(output));
            ModelProto optimized = OptimizedGraph.of(forward.graph(), MiniLm.CACHE);
            WorkCounter.Count count = WorkCounter.count(optimized, each.rows, each.length);
            try (ForwardPass pass = base.pass(forward.graph(), base.fed())) {
                double measured = millis(pass, output, each);
                double predicted = clock.millis(count.work());
                System.out.printf(
                        "%-17s %-10s %2d x %3d, %d threads: measured %.2f ms, predicted %.2f ms (%+.0f %%) %s, calls %.1f ms %s%n",
                        each.shape,
                        each.base.label(),
                        each.rows,
                        each.length,
                        each.threads,
                        measured,
                        predicted,
                        100 * (predicted / measured - 1),
                        clock.millisByKind(count.work(), 1),
                        1000 * count.work().calls() * clock.rates().callSeconds(),
                        count.unknownOperators());
                return predicted / measured - 1;
            }
        }
    }

    private static LanguageModel open(String shape) throws Exception {
        if (shape.equals("all-MiniLM-L6-v2")) {
            return LanguageModel.open(MiniLm.files());
        }
        Path folder = MiniLm.CACHE.resolve("clock").resolve(shape);
        if (!Files.isRegularFile(folder.resolve("complete"))) {
            RandomCheckpoint.write(folder, shape, DType.F32, SEED);
            Files.createFile(folder.resolve("complete"));
        }
        return LanguageModel.open(new ModelFiles(shape, folder, folder.resolve("tokenizer.json")));
    }

    private static double millis(ForwardPass pass, String output, Case each) {
        int size = each.rows * each.length;
        long[] ids = new long[size];
        long[] mask = new long[size];
        Arrays.fill(ids, 2000);
        Arrays.fill(mask, 1);
        Batch batch =
                new Batch(
                        ids, mask, new int[each.rows], new int[each.rows], each.rows, each.length);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
            long start = WorkTime.nanos(each.threads);
            pass.run(batch, output);
            best = Math.min(best, (WorkTime.nanos(each.threads) - start) / 1e6);
        }
        return best;
    }

    @Test
    void theProbeIsKeptInTheCache() {
        MiniLm.prepare();
        MachineRates measured = HostProbe.rates(MiniLm.CACHE, 2);

        assertThat(HostProbe.rates(MiniLm.CACHE, 2)).isEqualTo(measured);
        assertThat(HostProbe.kept(MiniLm.CACHE, 2)).contains(measured);
        assertThat(HostProbe.kept(MiniLm.CACHE, 77)).isEmpty();
        assertThat(measured.matmulFlopsPerSecond()).isBetween(1e9, 1e13);
        assertThat(measured.bytesPerSecond()).isBetween(1e8, 1e12);
        assertThat(measured.callSeconds()).isBetween(1e-8, 1e-2);
    }
}
