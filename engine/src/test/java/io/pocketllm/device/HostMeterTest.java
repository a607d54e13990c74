package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostMeterTest {

    @Test
    void thisComputerHasMemoryCoresAndALoadBetweenNoneAndAll() {
        HostMeter.Reading reading = new HostMeter().read();

        assertThat(reading.totalBytes()).isGreaterThan(256L << 20);
        assertThat(reading.usedBytes()).isBetween(1L, reading.totalBytes());
        assertThat(reading.logicalCores()).isPositive();
        assertThat(reading.cpuLoad()).isBetween(0.0, 1.0);
    }

    @Test
    void aBusyThreadShowsInTheLoad() {
        HostMeter meter = new HostMeter();
        double load = 0;
        // The test's own thread is the load: it asks again and again without a pause.
        while (load <= 0.2 / Runtime.getRuntime().availableProcessors()) {
            load = meter.read().cpuLoad();
        }
        assertThat(load).isBetween(0.0, 1.0);
    }

    @Test
    void askingAgainAtOnceDoesNotForgetTheLoad() {
        HostMeter meter = new HostMeter();
        await().atMost(20, TimeUnit.SECONDS).until(() -> meter.read().cpuLoad() > 0);

        assertThat(meter.read().cpuLoad()).isPositive();
    }

    @Test
    void theResidentSetOfThisProcessIsAtLeastWhatItHolds() throws Exception {
        ResidentSet.prepare();
        ResidentSet residentSet = new ResidentSet(ProcessHandle.current().pid());
        byte[] held = new byte[64 << 20];
        Arrays.fill(held, (byte) 1);

        assertThat(residentSet.bytes()).isGreaterThan(64L << 20);
        assertThat(held[held.length - 1]).isEqualTo((byte) 1);
    }

    @Test
    void aProcessThatHasEndedHoldsNothing() throws Exception {
        Process process = HogOnPhone.program().start();
        ResidentSet residentSet = new ResidentSet(process.pid());
        await().atMost(20, TimeUnit.SECONDS).until(() -> residentSet.bytes() > 0);

        process.destroyForcibly().waitFor();

        assertThat(residentSet.bytes()).isZero();
    }

    /** What makes 20 readings a second affordable: the middle one of 200 takes under 2 ms. */
    @Test
    void aReadingOfTheResidentSetIsCheap() throws Exception {
        ResidentSet.prepare();
        ResidentSet residentSet = new ResidentSet(ProcessHandle.current().pid());
        long[] nanos = new long[200];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            assertThat(residentSet.bytes()).isPositive();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);

        assertThat(nanos[nanos.length / 2] / 1e6).as("milliseconds").isLessThan(2);
    }
}
