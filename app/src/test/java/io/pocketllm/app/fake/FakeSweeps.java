package io.pocketllm.app.fake;

import io.pocketllm.app.sweep.SweepEngine;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.sweep.Combination;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.SweepEnd;
import io.pocketllm.run.sweep.SweepFile;
import io.pocketllm.run.sweep.SweepFolder;
import io.pocketllm.run.sweep.SweepListener;
import io.pocketllm.run.sweep.SweepListener.Position;
import io.pocketllm.run.sweep.SweepResults;
import io.pocketllm.run.sweep.TooLarge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;

/** Sweeps without workers: each run is written at once. */
public final class FakeSweeps implements SweepEngine {

    private static final int STEPS = 40;

    private final Path home;

    /** Combinations that their phone would end. */
    public Map<Combination, TooLarge> tooLarge = Map.of();

    /** How each run ends. */
    public Function<Combination, SampleRuns.End> ends = run -> SampleRuns.End.FINISHED;

    /** In how many steps each run's loss falls to a third; the more its number, the more. */
    public ToDoubleFunction<Combination> half = run -> 10 + 5 * run.number();

    /** What each run says before its middle. */
    public List<Event> events = List.of();

    /** Called in the middle of each run with its number. */
    public IntConsumer during = number -> {};

    /**
     * @param home where sweep folders are made
     */
    public FakeSweeps(Path home) {
        this.home = home;
    }

    @Override
    public Map<Combination, TooLarge> tooLarge(SweepFile file) {
        return tooLarge;
    }

    @Override
    public Job begin(SweepFile file) throws RunFileException, IOException {
        Path folder = Files.createDirectories(home.resolve("sweep"));
        Files.writeString(folder.resolve("sweep.json"), file.toJson());
        return resume(folder);
    }

    @Override
    public Job resume(Path folder) throws RunFileException {
        return new Job() {
            private final SweepFolder sweep = SweepFolder.existing(folder);
            private volatile boolean stopping;

            @Override
            public SweepFolder folder() {
                return sweep;
            }

            @Override
            public SweepEnd run(SweepListener listener) throws RunFileException, IOException {
                int runs = sweep.file().combinations().size();
                for (Combination combination : sweep.file().combinations()) {
                    if (stopping) {
                        return SweepEnd.INTERRUPTED;
                    }
                    if (!sweep.state(combination).isDone()) {
                        play(
                                new Position(
                                        combination,
                                        combination.number(),
                                        runs,
                                        combination.number() == 1
                                                ? OptionalLong.empty()
                                                : OptionalLong.of(300_000)),
                                listener);
                    }
                }
                return SweepEnd.DONE;
            }

            private void play(Position position, SweepListener listener)
                    throws RunFileException, IOException {
                Combination combination = position.combination();
                listener.starts(position, false);
                listener.event(position, Sample.started(512 * Sample.MB, STEPS));
                listener.event(position, Sample.step(10, 1));
                events.forEach(event -> listener.event(position, event));
                during.accept(combination.number());
                write(sweep, combination);
                listener.ended(position, result(combination));
            }

            private RunResult result(Combination combination) throws IOException {
                return SweepResults.read(sweep).runs().stream()
                        .filter(run -> run.combination().equals(combination))
                        .findFirst()
                        .orElseThrow();
            }

            @Override
            public void stop() {
                stopping = true;
            }

            @Override
            public void kill() {
                stopping = true;
            }
        };
    }

    private void write(SweepFolder sweep, Combination combination)
            throws RunFileException, IOException {
        SampleRuns.writeIn(
                Files.createDirectories(sweep.run(combination).path()),
                sweep.file().runFile(combination),
                1 + combination.number() % 28,
                STEPS,
                half.applyAsDouble(combination),
                ends.apply(combination));
    }
}
