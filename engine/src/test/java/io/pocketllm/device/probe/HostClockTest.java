package io.pocketllm.device.probe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.pocketllm.data.Batch;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.PhoneClock;
import io.pocketllm.device.work.WorkCounter;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.forward.OptimizedGraph;
import io.pocketllm.onnx.OnnxGraph;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How far the clock is off on the one machine that can be measured here: predicted and measured
 * time of forward passes. {@code -Dclock.measure=true} prints the table of docs/simulated-phone.md.
 */
@Timeout(600)
class HostClockTest {

    @Test
    @EnabledIfSystemProperty(named = "clock.measure", matches = "true")
    void predictedAndMeasuredTimesAgree() throws Exception {
        MiniLm.prepare();
        PhoneClock clock = new PhoneClock(HostProbe.measure(1));
        System.out.println(clock.rates());
        OnnxGraph graph = MiniLm.graph();
        graph.setOutputs(List.of(MiniLm.model().hiddenStates()));
        ModelProto optimized = OptimizedGraph.of(graph, MiniLm.CACHE);
        int[][] shapes = {{1, 16}, {4, 32}, {8, 64}, {16, 64}, {16, 128}, {32, 32}};
        double worst = 0;
        try (ForwardPass pass = new ForwardPass(graph, MiniLm.model().weights().values(), 1)) {
            for (int[] shape : shapes) {
                WorkCounter.Count count = WorkCounter.count(optimized, shape[0], shape[1]);
                double measured = millis(pass, shape[0], shape[1]);
                double predicted = clock.millis(count.work());
                worst = Math.max(worst, Math.abs(predicted / measured - 1));
                System.out.printf(
                        "%2d x %3d: measured %.2f ms, predicted %.2f ms (%+.0f %%) %s %s%n",
                        shape[0],
                        shape[1],
                        measured,
                        predicted,
                        100 * (predicted / measured - 1),
                        clock.millisByKind(count.work(), 1),
                        count.unknownOperators());
            }
        }
        assertThat(worst).isLessThan(0.15);
    }

    private static double millis(ForwardPass pass, int size, int length) {
        long[] ids = new long[size * length];
        long[] mask = new long[size * length];
        Arrays.fill(ids, 2000);
        Arrays.fill(mask, 1);
        Batch batch = new Batch(ids, mask, new int[size], new int[size], size, length);
        String output = MiniLm.model().hiddenStates();
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
            long start = WorkTime.nanos(1);
            pass.run(batch, output);
            best = Math.min(best, (WorkTime.nanos(1) - start) / 1e6);
        }
        return best;
    }

    @Test
    void theProbeIsKeptInTheCache() {
        MiniLm.prepare();
        MachineRates measured = HostProbe.rates(MiniLm.CACHE, 2);

        assertThat(HostProbe.rates(MiniLm.CACHE, 2)).isEqualTo(measured);
        assertThat(measured.matmulFlopsPerSecond()).isBetween(1e9, 1e13);
        assertThat(measured.bytesPerSecond()).isBetween(1e8, 1e12);
        assertThat(measured.callSeconds()).isBetween(1e-8, 1e-2);
    }
}
