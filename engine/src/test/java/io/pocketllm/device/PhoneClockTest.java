package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.device.DeviceProfile.CoreCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The phone clock on cases worked out by hand. */
class PhoneClockTest {

    /** 100 GFLOP/s, 10 GB/s, 1 ms a call; int8 three times, attention half as fast. */
    private final PhoneClock clock =
            new PhoneClock(
                    new MachineRates(
                            100e9,
                            10e9,
                            1e-3,
                            new RateFactors(
                                    Map.of(OperationKind.ATTENTION, 0.5),
                                    Map.of(Precision.INT8, 3.0),
                                    Map.of(OperationKind.GATHER, 0.1))));

    @ParameterizedTest(name = "{0} {1}, {2} GFLOP, {3} MB at {4} of the clock: {5} ms")
    @CsvSource({
        "MATMUL,    FP32, 1,   1,   1,   10", // 1 GFLOP at 100 GFLOP/s
        "MATMUL,    FP32, 1,   200, 1,   20", // the memory is slower: 200 MB at 10 GB/s
        "MATMUL,    FP32, 1,   1,   0.5, 20", // half the clock
        "MATMUL,    FP32, 1,   200, 0.5, 20", // the memory does not slow down
        "MATMUL,    INT8, 3,   1,   1,   10",
        "ATTENTION, FP32, 1,   1,   1,   20",
        "ATTENTION, INT8, 3,   1,   1,   20",
        "NOISE,     INT8, 1,   0,   1,   10", // the precision is the products' alone
        "GATHER,    FP32, 0,   1,   1,   1" // 1 MB at a tenth of 10 GB/s
    })
    void anOperationTakesTheLargerOfItsTwoTimes(
            OperationKind kind,
            Precision precision,
            double gigaflop,
            double megabytes,
            double clockFraction,
            double millis) {
        StepWork work =
                new StepWork(
                        List.of(
                                new OperationWork(
                                        kind, precision, gigaflop * 1e9, megabytes * 1e6)),
                        0);

        assertThat(clock.millis(work, clockFraction)).isCloseTo(millis, within(1e-9));
        assertThat(clock.millisByKind(work, clockFraction)).containsOnlyKeys(kind);
    }

    @Test
    void operationsAddUpAndEachCallCosts() {
        OperationWork ten = OperationWork.fp32(OperationKind.MATMUL, 1e9, 0);
        StepWork work = new StepWork(List.of(ten, ten), 5);

        assertThat(clock.millis(work)).isCloseTo(25, within(1e-9));
        assertThat(clock.millis(work, 0.5)).isCloseTo(50, within(1e-9));
        assertThat(clock.millis(work.times(2).plus(work))).isCloseTo(75, within(1e-9));
        assertThat(clock.millis(StepWork.NONE)).isZero();
    }

    /** Four passes over a million fp32 weights: 32 MB, and 240 million operations of noise. */
    @Test
    void weightPassesReadAndWriteEveryWeight() {
        StepWork passes = StepWork.weightPasses(1_000_000, 4, 4, true);

        assertThat(passes.bytes()).isEqualTo(32e6);
        assertThat(passes.flops(OperationKind.NOISE)).isEqualTo(240e6);
        assertThat(StepWork.weightPasses(1_000_000, 2, 4, false).bytes()).isEqualTo(16e6);
    }

    /** Reno6 5G, two A78 at 2.4 GHz with 16 a cycle: 76.8 GFLOP/s peak. */
    @Test
    void thePeakOfTheReno6IsThatOfItsBigCores() throws Exception {
        DeviceProfile reno = DeviceCatalogue.find("oppo-reno6-5g");
        MachineRates rates = MachineRates.of(reno, 2, PhoneConditions.IDLE, RateFactors.ESTIMATED);

        assertThat(MachineRates.coreSpeed(reno.clusters(), 2)).isEqualTo(76.8e9);
        // 0.6 of it for the kernel, 0.7 for an app.
        assertThat(rates.matmulFlopsPerSecond()).isCloseTo(76.8e9 * 0.42, within(1.0));
        // 0.6 of 17.1 GB/s, of which two cores draw 0.84.
        assertThat(rates.bytesPerSecond()).isCloseTo(17.1e9 * 0.6 * 0.84, within(1.0));
    }

    @Test
    void backgroundLoadTakesItsShareOfTheCores() throws Exception {
        DeviceProfile reno = DeviceCatalogue.find("oppo-reno6-5g");
        PhoneConditions half = new PhoneConditions(Duration.ZERO, 0, 0, 0.5);

        assertThat(MachineRates.of(reno, 2, half, RateFactors.ESTIMATED).matmulFlopsPerSecond())
                .isCloseTo(76.8e9 * 0.21, within(1.0));
    }

    /** Arithmetic, memory and calls alike: whatever a step is made of, it takes so much longer. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 2, 20})
    void aStepTimeFactorStretchesAllWork(double factor) throws Exception {
        DeviceProfile reno = DeviceCatalogue.find("oppo-reno6-5g");
        StepWork work =
                new StepWork(
                        List.of(
                                OperationWork.fp32(OperationKind.MATMUL, 1e9, 0),
                                OperationWork.fp32(OperationKind.GATHER, 0, 3e8)),
                        500);
        double usual = PhoneClock.of(reno).millis(work, 0.7);

        assertThat(PhoneClock.of(reno.withStepTimeFactor(factor, "measured")).millis(work, 0.7))
                .isCloseTo(factor * usual, within(1e-9 * factor * usual));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.09, 20.1, Double.NaN})
    void aStepTimeFactorThatMakesNoSenseIsRefused(double factor) throws Exception {
        DeviceProfile reno = DeviceCatalogue.find("oppo-reno6-5g");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reno.withStepTimeFactor(factor, "measured"))
                .withMessageContaining("stepTimeFactor is " + factor);
    }

    /** Snapdragon 778G, the phone the two constants were fitted to: measured 0.88 and 0.92. */
    @ParameterizedTest
    @CsvSource({"6, 0.88, 0.76", "8, 0.92, 0.60"})
    void littleCoresSlowTheOthersDown(int threads, double prompt, double decode) {
        List<CoreCluster> clusters =
                List.of(
                        new CoreCluster("A78", 1, 2_400_000_000L, 16, false, 1.2),
                        new CoreCluster("A78", 3, 2_200_000_000L, 16, false, 1.0),
                        new CoreCluster("A55", 4, 1_900_000_000L, 8, true, 0.4));

        assertThat(MachineRates.coreSpeed(clusters, threads) / MachineRates.coreSpeed(clusters, 4))
                .isCloseTo(prompt, within(0.11));
        assertThat(
                        MachineRates.memoryReach(clusters, threads)
                                / MachineRates.memoryReach(clusters, 4))
                .isCloseTo(decode, within(0.04));
        assertThat(MachineRates.memoryReach(clusters, 2)).isCloseTo(0.83, within(0.02));
    }

    @Test
    void moreThreadsThanCoresAreAllTheCores() throws Exception {
        List<CoreCluster> clusters = DeviceCatalogue.find("pixel-9").clusters();

        assertThat(MachineRates.coreSpeed(clusters, 99))
                .isEqualTo(MachineRates.coreSpeed(clusters, 8));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
    void aClockFractionThatMakesNoSenseIsRefused(double fraction) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.millis(StepWork.NONE, fraction))
                .withMessageContaining("clockFraction is " + fraction);
    }
}
