package io.pocketllm.app.task;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.application.Platform;

/** {@link Tasks} over a few daemon threads and the JavaFX queue. */
public final class FxTasks implements Tasks, AutoCloseable {

    /** Beside a sweep, which has one for hours, and a long export there is one for clocks. */
    private static final int THREADS = 3;

    private final ScheduledThreadPoolExecutor threads;
    private final ExecutorService patientThreads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().name("workbench-waits-", 1).factory());

    /** Starts no thread before the first work comes. */
    public FxTasks() {
        AtomicInteger number = new AtomicInteger();
        threads =
                new ScheduledThreadPoolExecutor(
                        THREADS,
                        work -> {
                            Thread thread =
                                    new Thread(work, "workbench-" + number.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
        threads.setRemoveOnCancelPolicy(true);
        // A tick that waited on the screen's queue while the window closed may still ask for work.
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public <T> void run(Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
        run(threads, work, done, failed);
    }

    private <T> void run(
            ExecutorService on, Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
        Runnable wrapped =
                () -> {
                    try {
                        T result = work.call();
                        onScreen(() -> done.accept(result));
                    } catch (Exception e) {
                        onScreen(() -> failed.accept(e));
                    } catch (Error e) {
                        // A missing native library is an Error; the window must say so and live on.
                        onScreen(() -> failed.accept(new IllegalStateException(e.toString(), e)));
                    }
                };
        try {
            on.execute(wrapped);
        } catch (RejectedExecutionException e) {
            // A tick that was queued before the window closed: nobody waits for its answer.
        }
    }

    @Override
    public Tasks patient() {
        return new Tasks() {
            @Override
            public <T> void run(Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
                FxTasks.this.run(patientThreads, work, done, failed);
            }

            @Override
            public void onScreen(Runnable action) {
                FxTasks.this.onScreen(action);
            }

            @Override
            public Ticker every(Duration period, Runnable action) {
                return FxTasks.this.every(period, action);
            }
        };
    }

    @Override
    public void onScreen(Runnable action) {
        Platform.runLater(action);
    }

    @Override
    public Ticker every(Duration period, Runnable action) {
        AtomicBoolean waiting = new AtomicBoolean();
        AtomicBoolean stopped = new AtomicBoolean();
        Runnable onScreen =
                () -> {
                    waiting.set(false);
                    if (!stopped.get()) {
                        action.run();
                    }
                };
        // Not a JavaFX timeline: that would keep the toolkit drawing 60 frames a second for a few
        // ticks.
        var scheduled =
                threads.scheduleAtFixedRate(
                        () -> {
                            if (waiting.compareAndSet(false, true)) {
                                Platform.runLater(onScreen);
                            }
                        },
                        period.toMillis(),
                        period.toMillis(),
                        TimeUnit.MILLISECONDS);
        return () -> {
            stopped.set(true);
            scheduled.cancel(false);
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
        patientThreads.shutdownNow();
    }
}
