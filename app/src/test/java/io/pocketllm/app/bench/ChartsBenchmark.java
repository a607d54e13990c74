package io.pocketllm.app.bench;

import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.Sample;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A run that is watched for a long time: 200 events a second on two charts of 100,000 points each.
 */
final class ChartsBenchmark {

    private static final int POINTS = 100_000;
    private static final int STEPS_A_SECOND = 100;
    private static final int BUDGET_MEGABYTES = 512;

    private ChartsBenchmark() {}

    /**
     * @param minutes how long to measure, 2 or more: the heap is compared with that after the first
     */
    static void run(Path home, int minutes, PrintStream out) throws Exception {
        try (BenchWindow window = new BenchWindow(home);
                ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor()) {
            FakeRun run = window.startRun();
            // More steps than the benchmark can say.
            run.say(Sample.started(BUDGET_MEGABYTES * Sample.MB, 10 * POINTS));
            AtomicInteger step = new AtomicInteger();
            Random random = new Random(1);
            for (int i = 0; i < POINTS; i++) {
                say(run, step.incrementAndGet(), random);
            }
            while (window.onScreen(() -> window.workbench().train().figures().step()) < POINTS) {
                window.awaitFrames();
            }
            window.awaitFrames();
            var events =
                    worker.scheduleAtFixedRate(
                            () -> say(run, step.incrementAndGet(), random),
                            0,
                            1_000_000_000L / STEPS_A_SECOND,
                            TimeUnit.NANOSECONDS);
            FrameMeter.Reading first = measure(window, 1);
            // Between the two: a collection stops the window too.
            long heapAfterFirst = liveHeapBytes();
            int stepsAfterFirst = step.get();
            FrameMeter.Reading rest = measure(window, minutes - 1);
            long heapAtEnd = liveHeapBytes();
            int steps = step.get() - stepsAfterFirst;
            events.cancel(false);
            out.printf(
                    "charts: %,d points each, %.0f events a second for %d minutes%n",
                    POINTS, 2 * steps / rest.seconds(), minutes);
            out.println("  first minute: " + first.text());
            out.println("  after it:     " + rest.text());
            out.printf(
                    "  live heap %.1f MB after the first minute, %.1f MB at the end: %+.0f bytes for each event in between%n",
                    heapAfterFirst / 1e6,
                    heapAtEnd / 1e6,
                    (heapAtEnd - heapAfterFirst) / (2.0 * steps));
        }
    }

    private static FrameMeter.Reading measure(BenchWindow window, int minutes) throws Exception {
        FrameMeter meter = window.onScreen(FrameMeter::new);
        window.onScreen(
                () -> {
                    meter.begin();
                    return null;
                });
        TimeUnit.MINUTES.sleep(minutes);
        return window.onScreen(meter::end);
    }

    /** A step with its loss and a reading of memory: one point for each chart. */
    private static void say(FakeRun run, int step, Random random) {
        run.say(Sample.step(step, 0.4 + Math.exp(-step / 3e4) + 0.1 * random.nextGaussian()));
        run.say(Sample.memory(2000 + 200L * step, 300 + random.nextInt(60), BUDGET_MEGABYTES));
    }

    private static long liveHeapBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
