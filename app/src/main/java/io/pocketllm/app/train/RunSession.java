package io.pocketllm.app.train;

import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.TextQuestion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * One worker and the events of it that the window has not seen yet.
 *
 * <p>The worker's reader thread puts in, the window's timer takes out: two hundred events a second
 * cost one redraw, not two hundred.
 */
final class RunSession {

    private final ConcurrentLinkedQueue<Event> waiting = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<ExitCode> gone = new CompletableFuture<>();
    private RunProcess process;
    private boolean pauseWanted;
    private boolean stopWanted;
    private boolean endedByPerson;
    private TextQuestion waitingQuestion;

    /** Takes an event from any thread. */
    void put(Event event) {
        waiting.add(event);
    }

    /** The worker is there. What was asked for while it was being started is passed on now. */
    void attach(RunProcess started) {
        process = started;
        started.ended().thenAccept(gone::complete);
        if (endedByPerson) {
            started.kill();
        } else if (stopWanted) {
            started.stop();
        } else if (pauseWanted) {
            started.pause();
        }
        if (waitingQuestion != null) {
            started.predict(waitingQuestion);
            waitingQuestion = null;
        }
    }

    /** Passes a question on, once there is a worker; false where it answers none. */
    boolean ask(TextQuestion question) {
        if (process == null) {
            waitingQuestion = question;
            return true;
        }
        return process.predict(question);
    }

    /** The worker could not be started. */
    void notStarted() {
        gone.complete(ExitCode.INTERNAL_ERROR);
    }

    void drain(Consumer<Event> to) {
        for (Event event = waiting.poll(); event != null; event = waiting.poll()) {
            to.accept(event);
        }
    }

    /** Completes when the worker is gone, after its last event was put. */
    CompletableFuture<ExitCode> gone() {
        return gone;
    }

    void pause() {
        pauseWanted = true;
        if (process != null) {
            process.pause();
        }
    }

    void resume() {
        pauseWanted = false;
        if (process != null) {
            process.resume();
        }
    }

    void plug(boolean connected) {
        if (process != null) {
            process.plug(connected);
        }
    }

    void evaluate() {
        if (process != null) {
            process.evaluate();
        }
    }

    void stop() {
        stopWanted = true;
        if (process != null) {
            process.stop();
        }
    }

    void kill() {
        endedByPerson = true;
        if (process != null) {
            process.kill();
        }
    }

    boolean endedByPerson() {
        return endedByPerson;
    }

    /** The run folder's path, or empty before there is one. */
    String folder() {
        return process == null || process.folder() == null
                ? ""
                : process.folder().path().toString();
    }
}
