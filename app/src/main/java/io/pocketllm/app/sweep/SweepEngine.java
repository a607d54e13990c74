package io.pocketllm.app.sweep;

import io.pocketllm.run.RunFileException;
import io.pocketllm.run.Runs;
import io.pocketllm.run.sweep.Combination;
import io.pocketllm.run.sweep.Preflight;
import io.pocketllm.run.sweep.Shard;
import io.pocketllm.run.sweep.Sweep;
import io.pocketllm.run.sweep.SweepEnd;
import io.pocketllm.run.sweep.SweepFile;
import io.pocketllm.run.sweep.SweepFolder;
import io.pocketllm.run.sweep.SweepListener;
import io.pocketllm.run.sweep.TooLarge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Checks and runs sweeps; a test passes one that starts no workers. */
public interface SweepEngine {

    /** A sweep that can be run. */
    interface Job {
        /** Where it is kept. */
        SweepFolder folder();

        /** Runs what is to be run, on the calling thread; once. */
        SweepEnd run(SweepListener listener) throws RunFileException, IOException;

        /** Finishes the step of the run that goes on, and ends; from any thread. */
        void stop();

        /** Ends at once; from any thread. */
        void kill();
    }

    /**
     * Looks up what the runs name, and which of them their phone would end. May take seconds.
     *
     * @throws RunFileException where a model, data or a device is not there or cannot be used
     */
    Map<Combination, TooLarge> tooLarge(SweepFile file) throws RunFileException;

    /** A new sweep in a new folder among the runs. */
    Job begin(SweepFile file) throws RunFileException, IOException;

    /** Goes on with the sweep of a folder. */
    Job resume(Path folder) throws RunFileException, IOException;

    /** The engine's own. */
    static SweepEngine of(Runs runs) {
        return new SweepEngine() {
            @Override
            public Map<Combination, TooLarge> tooLarge(SweepFile file) throws RunFileException {
                return Preflight.check(file, file.combinations(), runs);
            }

            @Override
            public Job begin(SweepFile file) throws RunFileException, IOException {
                return job(Sweep.begin(file, null, Shard.WHOLE, false, runs));
            }

            @Override
            public Job resume(Path folder) throws RunFileException, IOException {
                return job(Sweep.resume(folder, null, false, runs));
            }
        };
    }

    private static Job job(Sweep sweep) {
        return new Job() {
            @Override
            public SweepFolder folder() {
                return sweep.folder();
            }

            @Override
            public SweepEnd run(SweepListener listener) throws RunFileException, IOException {
                return sweep.run(listener);
            }

            @Override
            public void stop() {
                sweep.stop();
            }

            @Override
            public void kill() {
                sweep.kill();
            }
        };
    }

    /** For a window whose runs are not made by this computer: sweeps can be looked at alone. */
    static SweepEngine none() {
        return new SweepEngine() {
            @Override
            public Map<Combination, TooLarge> tooLarge(SweepFile file) {
                return Map.of();
            }

            @Override
            public Job begin(SweepFile file) throws RunFileException {
                throw refusal(file.source());
            }

            @Override
            public Job resume(Path folder) throws RunFileException {
                throw refusal(folder.toString());
            }

            private static RunFileException refusal(String what) {
                return new RunFileException(
                        what,
                        "",
                        "this window starts no sweeps",
                        "Start it by the command line: pocketllm sweep.");
            }
        };
    }
}
