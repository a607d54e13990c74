package io.pocketllm.app.task;

import java.time.Duration;

/** Of several calls in quick succession lets the last one through. On the window's thread. */
public final class Debounce {

    private final Tasks tasks;
    private final Duration quiet;
    private Tasks.Ticker clock;
    private Runnable waiting;

    /**
     * @param quiet how long nothing has to be called before the last call counts
     */
    public Debounce(Tasks tasks, Duration quiet) {
        this.tasks = tasks;
        this.quiet = quiet;
    }

    /** Runs {@code action} after a while, unless another call comes before. */
    public void call(Runnable action) {
        stop();
        waiting = action;
        clock = tasks.every(quiet, this::flush);
    }

    /** Runs what waits at once; nothing where nothing waits. */
    public void flush() {
        Runnable action = waiting;
        stop();
        if (action != null) {
            action.run();
        }
    }

    private void stop() {
        waiting = null;
        if (clock != null) {
            clock.stop();
            clock = null;
        }
    }
}
