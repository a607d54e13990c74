package io.pocketllm.run;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A run in a worker process of its own, under the limits of the simulated phone: start it, listen,
 * steer it.
 *
 * <p>Every event goes to the run folder first and to the listener then, one after the other, on one
 * thread. The methods may be called from any thread and return at once.
 */
public interface RunProcess extends AutoCloseable {

    /** Finishes the running step and waits. {@link Event.Paused} confirms. */
    void pause();

    /** Goes on after a pause. {@link Event.Resumed} confirms. */
    void resume();

    /** Measures held-out loss and accuracy after the running step. */
    void evaluate();

    /**
     * Asks what the model thinks of a text, now and before the first step. {@link Event.Prediction}
     * answers after the running step.
     *
     * @return false where this kind of run answers no questions
     */
    default boolean predict(TextQuestion question) {
        return false;
    }

    /** Finishes the running step, saves, and ends with {@link Event.Finished}. */
    void stop();

    /**
     * Connects the simulated phone to a charger or takes it away; the next {@link Event.Phone}
     * shows it. Does nothing on a real phone, or where none is simulated.
     */
    default void plug(boolean connected) {}

    /** Ends the worker at once; what it had not saved is lost. */
    void kill();

    /**
     * Completes after the last event has been handed on and the worker is gone. Never completes
     * exceptionally.
     */
    CompletableFuture<ExitCode> ended();

    /** The folder the run writes to. */
    RunFolder folder();

    /** Kills the worker if it still runs. */
    @Override
    void close();

    /** Starts runs; the window and its tests depend on this and not on processes. */
    @FunctionalInterface
    interface Launcher {
        /**
         * @param file what to run
         * @param listener receives every event in order; it must not block for long
         * @throws RunFileException where the file names a device, a model or data that is not there
         * @throws java.io.IOException where the run folder cannot be made or the worker not be
         *     started
         */
        RunProcess start(RunFile file, Consumer<Event> listener)
                throws RunFileException, java.io.IOException;

        /**
         * Asks a model about a text while no run of it goes on.
         *
         * @param folder a run that has ended: the answer tells of its checkpoint and of its start
         * @throws java.io.IOException where the process that answers cannot be started
         */
        default PredictionProcess predict(Path folder, String text) throws java.io.IOException {
            throw new java.io.IOException("Runs of this kind answer no questions.");
        }

        /**
         * The same of a run that has not begun: the model as training would find it.
         *
         * @throws RunFileException where a path of the file cannot be used
         */
        default PredictionProcess predict(RunFile file, String text)
                throws RunFileException, java.io.IOException {
            throw new java.io.IOException("Runs of this kind answer no questions.");
        }
    }
}
