package io.pocketllm.app.task;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Where work runs. The window uses {@link FxTasks}; a test uses {@link InlineTasks} and needs no
 * toolkit.
 */
public interface Tasks {

    /**
     * Runs {@code work} in the background and hands its result, or what it threw, to the window's
     * thread.
     */
    <T> void run(Callable<T> work, Consumer<T> done, Consumer<Exception> failed);

    /**
     * The same, but background work gets a thread of its own: for what waits for something outside
     * this computer, and must neither wait for other work nor hold it up.
     */
    default Tasks patient() {
        return this;
    }

    /** Runs {@code action} on the window's thread, later. */
    void onScreen(Runnable action);

    /**
     * Runs {@code action} on the window's thread again and again. A tick that is still waiting is
     * not queued a second time, so a slow window gets fewer ticks and never a backlog.
     */
    Ticker every(Duration period, Runnable action);

    /** A repeating action that can be ended. */
    interface Ticker {
        /** No further tick begins after this. */
        void stop();
    }
}
