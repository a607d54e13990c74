package io.pocketllm.run;

import java.util.concurrent.CompletableFuture;

/** A question to a model while no run of it goes on; a short-lived process answers. */
public interface PredictionProcess extends AutoCloseable {

    /**
     * The answer. Completes exceptionally with a {@link java.io.IOException} whose message is for
     * people where the process ended without one.
     */
    CompletableFuture<Event.Prediction> answer();

    /** Ends the process if it still runs; there is no answer then. */
    @Override
    void close();
}
