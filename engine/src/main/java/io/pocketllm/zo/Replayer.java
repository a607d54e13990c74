package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import java.io.IOException;
import java.util.function.IntConsumer;

/**
 * Rebuilds trained parameters from their start values and a trajectory, bit for bit: no data, no
 * forward pass. Every move of the training is made again, so that each rounding is too.
 */
public final class Replayer {

    private Replayer() {}

    /**
     * Takes every step of a trajectory again.
     *
     * @param trajectory read from its first step to its last whole one
     * @param optimizer of the trajectory's seed and method, fresh; its parameters hold the start
     *     values. It has its running means too afterwards, and can go on
     * @param progress told each step that was replayed
     * @return the last step that was replayed; 0 where there is none
     */
    public static int replay(
            TrajectoryReader trajectory, ZerothOrderOptimizer optimizer, IntConsumer progress)
            throws IOException, TrajectoryException {
        return replay(trajectory, optimizer, Integer.MAX_VALUE, progress);
    }

    /**
     * Takes the first steps of a trajectory again, as {@link #replay(TrajectoryReader,
     * ZerothOrderOptimizer, IntConsumer)} does.
     *
     * @param upTo the last step to take; 0 for none
     */
    public static int replay(
            TrajectoryReader trajectory,
            ZerothOrderOptimizer optimizer,
            int upTo,
            IntConsumer progress)
            throws IOException, TrajectoryException {
        boolean inGraph = trajectory.header().inGraph();
        int last = 0;
        while (last < upTo) {
            StepResult step = trajectory.next();
            if (step == null) {
                break;
            }
            optimizer.replay(step, inGraph);
            last = step.step();
            progress.accept(last);
        }
        return last;
    }

    /**
     * Refuses a trajectory that moves other tensors.
     *
     * @throws TrajectoryException where names, shapes or order differ
     */
    public static void requireSameTensors(TrajectoryHeader header, ParameterStore parameters)
            throws TrajectoryException {
        if (!header.tensors().equals(TrajectoryHeader.digest(parameters.tensors()))) {
            throw new TrajectoryException(
                    "the trajectory moves other tensors than these start values have",
                    "Use the run folder's own start values, run file and model.");
        }
    }
}
