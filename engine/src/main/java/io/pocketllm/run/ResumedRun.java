package io.pocketllm.run;

import io.pocketllm.zo.Replayer;
import io.pocketllm.zo.TrajectoryException;
import io.pocketllm.zo.TrajectoryHeader;
import io.pocketllm.zo.TrajectoryReader;
import io.pocketllm.zo.TrajectoryWriter;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.IntConsumer;

/**
 * Where a run was when its worker ended: its trajectory is replayed over the start values, which
 * gives parameters and running means of the last whole step, and a torn record is cut off.
 *
 * @param trajectory goes on behind the last whole step; the caller closes it
 * @param stepsDone steps that were replayed
 */
record ResumedRun(TrajectoryWriter trajectory, int stepsDone) {

    /** Starts at the first step. */
    static ResumedRun fromTheStart(RunFolder folder, TrajectoryHeader header) throws IOException {
        return new ResumedRun(new TrajectoryWriter(folder.trajectory(), header), 0);
    }

    /**
     * Goes on behind the last whole step of the folder's trajectory; starts at the first step where
     * the worker ended before it wrote one.
     *
     * @param optimizer fresh, over the start values
     * @throws RunFileException where the trajectory is damaged, or belongs to another run file
     */
    static ResumedRun behindTheLastStep(
            RunFolder folder,
            TrajectoryHeader header,
            ZerothOrderOptimizer optimizer,
            IntConsumer progress)
            throws IOException, RunFileException {
        if (!Files.isRegularFile(folder.trajectory()) || Files.size(folder.trajectory()) == 0) {
            return fromTheStart(folder, header);
        }
        try (TrajectoryReader reader = TrajectoryReader.open(folder.trajectory())) {
            if (!reader.header().equals(header)) {
                throw new RunFileException(
                        folder.runFile().toString(),
                        "method",
                        "or the seed, the model or the labels are others than the trajectory was"
                                + " measured with",
                        "Put run.json back as it was, or start a new run.");
            }
            int done = Replayer.replay(reader, optimizer, progress);
            return new ResumedRun(
                    TrajectoryWriter.behind(folder.trajectory(), header, reader.wholeBytes()),
                    done);
        } catch (TrajectoryException e) {
            throw new RunFileException(folder.path().toString(), "", e.getMessage(), e.hint());
        }
    }
}
