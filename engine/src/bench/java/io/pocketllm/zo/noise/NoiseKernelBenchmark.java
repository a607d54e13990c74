package io.pocketllm.zo.noise;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels alone, on one tile that stays in the cache: what the arithmetic costs. Scores are
 * elements a nanosecond, that is G elements a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NoiseKernelBenchmark {

    private static final int TILE = 1 << 16;

    @Param({"scalar", "vector"})
    public String kernel;

    @Param({"normal", "signs"})
    public String kind;

    private NoiseKernel chosen;
    private boolean signs;
    private Arena arena;
    private MemorySegment theta;
    private final float[] target = new float[TILE];
    private final long[] oneKey = {0x1234567890ABCDEFL};
    private final float[] oneFactor = {1e-3f};
    private final long[] fourKeys = {1, 2, 3, 4};
    private final float[] fourFactors = {1e-3f, -1e-3f, 2e-3f, -2e-3f};

    @Setup
    public void allocate() {
        chosen = NoiseKernels.choose(kernel);
        signs = kind.equals("signs");
        arena = Arena.ofShared();
        theta = arena.allocate((long) Float.BYTES * TILE, 64);
    }

    @TearDown
    public void free() {
        arena.close();
    }

    /** θ += a·z. */
    @Benchmark
    @OperationsPerInvocation(TILE)
    public void add() {
        chosen.add(theta, oneKey, oneFactor, 1f, signs, 0, TILE);
    }

    /** θ = keep·θ + four directions; a score counts each direction. */
    @Benchmark
    @OperationsPerInvocation(4 * TILE)
    public void addFour() {
        chosen.add(theta, fourKeys, fourFactors, 0.999f, signs, 0, TILE);
    }

    /** z into an array. */
    @Benchmark
    @OperationsPerInvocation(TILE)
    public float[] fill() {
        chosen.fill(target, 0, oneKey[0], signs, 0, TILE);
        return target;
    }
}
