package io.pocketllm.app.setup;

import io.pocketllm.model.ModelException;
import io.pocketllm.plan.RowLength;
import io.pocketllm.run.BatchRows;
import io.pocketllm.run.ModelSummaries;
import io.pocketllm.run.ModelSummary;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunPreview;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where run files and their previews come from; a test passes one that reads nothing. */
public interface RunSource {

    /** Ids of the ready-made runs, the default one first. */
    List<String> samples();

    /** A run file by its path, or by {@code sample:ID}. */
    RunFile open(String pathOrSample) throws RunFileException;

    /** Looks up what a run file names. May take seconds: not on the window's thread. */
    RunPreview preview(RunFile file) throws RunFileException;

    /**
     * How long the rows of a run's batches are; empty where this source reads no data. May take
     * some tenths of a second: not on the window's thread.
     */
    default Optional<RowLength> rowLength(RunFile file) throws RunFileException, IOException {
        return Optional.empty();
    }

    /**
     * Looks into a model. May take seconds: not on the window's thread.
     *
     * @param pathOrBuiltin a path, or {@code builtin:NAME}
     */
    ModelSummary model(String pathOrBuiltin) throws ModelException;

    /** The engine's own. */
    static RunSource of(Runs runs) {
        return new RunSource() {
            @Override
            public List<String> samples() {
                return Runs.samples();
            }

            @Override
            public RunFile open(String pathOrSample) throws RunFileException {
                return Runs.open(pathOrSample);
            }

            @Override
            public RunPreview preview(RunFile file) throws RunFileException {
                return runs.preview(file);
            }

            @Override
            public Optional<RowLength> rowLength(RunFile file)
                    throws RunFileException, IOException {
                return Optional.of(BatchRows.mean(file, runs.folders().cache()));
            }

            @Override
            public ModelSummary model(String pathOrBuiltin) throws ModelException {
                return ModelSummaries.read(pathOrBuiltin, runs.folders().cache());
            }
        };
    }
}
