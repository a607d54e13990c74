package io.pocketllm.run.sweep;

import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the combinations of a sweep one after the other, each in a worker of its own under the
 * limits of its phone. What a run folder says is done is not done again; a run that was begun goes
 * on from its trajectory.
 */
public final class Sweep {

    private final SweepFolder folder;
    private final Starter starter;
    private final List<Combination> all;
    private final Map<Combination, TooLarge> skipped;
    private final Curves curves;
    private final OptionalLong deadlineNanos;

    // Guarded by "this".
    private RunProcess running;
    private boolean stopping;
    private boolean stoppingEarly;
    private boolean killing;

    Sweep(
            SweepFolder folder,
            Starter starter,
            List<Combination> all,
            Map<Combination, TooLarge> skipped) {
        this.folder = folder;
        this.starter = starter;
        this.all = all;
        this.skipped = skipped;
        this.curves = new Curves(folder, all);
        Optional<Duration> most = folder.file().spec().most();
        this.deadlineNanos =
                most.isPresent()
                        ? OptionalLong.of(System.nanoTime() + most.get().toNanos())
                        : OptionalLong.empty();
    }

    /**
     * A new sweep. Everything is checked before its folder is made.
     *
     * @param out a folder that is empty or not there yet; null for a new one among the user's runs
     * @param shard this computer's part
     * @param runAnyway whether to run also what the plan says a phone would end
     * @throws RunFileException where a model, data or a device is not there or cannot be used
     */
    public static Sweep begin(SweepFile file, Path out, Shard shard, boolean runAnyway, Runs runs)
            throws RunFileException, IOException {
        List<Combination> all = file.combinations().stream().filter(shard::takes).toList();
        Map<Combination, TooLarge> tooLarge = Preflight.check(file, all, runs);
        SweepFolder folder = SweepFolder.create(file, out, runs.folders().runs(), shard);
        return new Sweep(folder, Starter.of(runs), all, runAnyway ? Map.of() : tooLarge);
    }

    /**
     * Goes on with a sweep: runs what is missing, was interrupted or has failed.
     *
     * @param shard another part than the folder's own; null for that
     * @param runAnyway as in {@link #begin}; also what was skipped before
     * @throws RunFileException where it is no sweep folder, or something is not there any more
     */
    public static Sweep resume(Path path, Shard shard, boolean runAnyway, Runs runs)
            throws RunFileException, IOException {
        SweepFolder folder = SweepFolder.existing(path);
        Shard part = shard == null ? folder.shard() : shard;
        List<Combination> all = folder.file().combinations().stream().filter(part::takes).toList();
        List<Combination> open = all.stream().filter(c -> !folder.state(c).isDone()).toList();
        Map<Combination, TooLarge> tooLarge = Preflight.check(folder.file(), open, runs);
        folder.write(part);
        return new Sweep(folder, Starter.of(runs), all, runAnyway ? Map.of() : tooLarge);
    }

    /** Where it is kept. */
    public SweepFolder folder() {
        return folder;
    }

    /** The runs of this computer's part, also those that are done. */
    public List<Combination> combinations() {
        return all;
    }

    /** What is left out, since its phone would end it. */
    public Map<Combination, TooLarge> skipped() {
        return skipped;
    }

    /**
     * Runs what is to be run, on the calling thread; once.
     *
     * @throws RunFileException where another program works on the folder, or something that a run
     *     names has gone since
     * @throws IOException where the folder cannot be written
     */
    public SweepEnd run(SweepListener listener) throws RunFileException, IOException {
        try (FolderLock lock = FolderLock.take(folder.path())) {
            List<Combination> open = new ArrayList<>();
            for (Combination combination : all) {
                if (folder.state(combination).isDone()) {
                    continue;
                }
                if (skipped.containsKey(combination)) {
                    folder.skip(combination, skipped.get(combination));
                } else {
                    open.add(combination);
                }
            }
            return run(open, listener);
        }
    }

    private SweepEnd run(List<Combination> open, SweepListener listener)
            throws RunFileException, IOException {
        long begin = System.nanoTime();
        for (int i = 0; i < open.size(); i++) {
            if (isStopping()) {
                return SweepEnd.INTERRUPTED;
            }
            if (isTimeOver()) {
                return SweepEnd.TIME_OVER;
            }
            long meanMillis = i == 0 ? 0 : (System.nanoTime() - begin) / 1_000_000 / i;
            Combination combination = open.get(i);
            SweepListener.Position position =
                    new SweepListener.Position(
                            combination,
                            all.indexOf(combination) + 1,
                            all.size(),
                            i == 0
                                    ? OptionalLong.empty()
                                    : OptionalLong.of(meanMillis * (open.size() - i)));
            boolean timeOver = run(position, listener);
            RunResult result = RunResult.of(folder, combination);
            listener.ended(position, result);
            if (timeOver && !result.state().isDone()) {
                return SweepEnd.TIME_OVER;
            }
        }
        boolean complete = open.stream().allMatch(c -> !isInterrupted(c));
        return complete ? SweepEnd.DONE : SweepEnd.INTERRUPTED;
    }

    private boolean isInterrupted(Combination combination) {
        return folder.state(combination) == RunState.INTERRUPTED
                || isStopping() && !folder.state(combination).isDone();
    }

    /**
     * @return whether the sweep's time ran out meanwhile
     */
    private boolean run(SweepListener.Position position, SweepListener listener)
            throws RunFileException, IOException {
        Combination combination = position.combination();
        folder.forgetNotes(combination);
        boolean resumed = folder.hasTrajectory(combination);
        listener.starts(position, resumed);
        RunWatch watch = new RunWatch(folder, curves, position, listener, this::stopEarly);
        Path path = folder.run(combination).path();
        if (!resumed) {
            folder.clear(combination);
        }
        try (RunProcess process =
                resumed
                        ? starter.resume(path, watch::hear)
                        : starter.start(folder.file().runFile(combination), path, watch::hear)) {
            begun(process);
            boolean timeOver = awaitEnd(process);
            watch.throwWhatFailed();
            return timeOver;
        } finally {
            synchronized (this) {
                running = null;
                stoppingEarly = false;
            }
        }
    }

    /** A stop that was asked for while the worker was being started has not reached it. */
    private synchronized void begun(RunProcess process) {
        running = process;
        if (killing) {
            process.kill();
        } else if (stopping || stoppingEarly) {
            process.stop();
        }
    }

    private boolean awaitEnd(RunProcess process) {
        boolean timeOver = false;
        try {
            if (deadlineNanos.isPresent()) {
                long left = deadlineNanos.getAsLong() - System.nanoTime();
                process.ended().get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } else {
                process.ended().get();
            }
        } catch (TimeoutException e) {
            timeOver = true;
            process.stop();
        } catch (InterruptedException e) {
            stop();
            process.ended().join();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run's end is never exceptional", e);
        }
        process.ended().join();
        return timeOver;
    }

    /** The rule stops the run that is going on; its worker may not be known here yet. */
    private synchronized void stopEarly() {
        stoppingEarly = true;
        if (running != null) {
            running.stop();
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private boolean isTimeOver() {
        return deadlineNanos.isPresent() && System.nanoTime() - deadlineNanos.getAsLong() >= 0;
    }

    /** Finishes the step of the run that is going on, saves it and ends; from any thread. */
    public synchronized void stop() {
        stopping = true;
        if (running != null) {
            running.stop();
        }
    }

    /** Ends the run that is going on at once, and the sweep with it; from any thread. */
    public synchronized void kill() {
        stopping = true;
        killing = true;
        if (running != null) {
            running.kill();
        }
    }
}
