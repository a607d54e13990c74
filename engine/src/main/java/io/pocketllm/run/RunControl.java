package io.pocketllm.run;

import io.pocketllm.device.PhonePacer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Commands on their way from whoever gives them to the trainer, which looks between steps. Safe
 * from any thread.
 */
final class RunControl {

    /** Whoever asks faster than steps go loses the oldest questions. */
    private static final int MOST_QUESTIONS = 32;

    private boolean paused;
    private boolean stopped;
    private boolean evaluate;
    private Boolean charger;
    private final Deque<TextQuestion> questions = new ArrayDeque<>();

    synchronized void give(RunCommand command) {
        switch (command) {
            case PAUSE -> paused = true;
            case RESUME -> paused = false;
            case EVALUATE -> evaluate = true;
            case STOP -> stopped = true;
            case PLUG -> charger = true;
            case UNPLUG -> charger = false;
        }
        notifyAll();
    }

    synchronized void ask(TextQuestion question) {
        if (questions.size() == MOST_QUESTIONS) {
            questions.removeFirst();
        }
        questions.addLast(question);
        notifyAll();
    }

    /** The oldest question that is not answered yet, or null. */
    synchronized TextQuestion takeQuestion() {
        return questions.pollFirst();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    synchronized boolean isPaused() {
        return paused && !stopped;
    }

    /** True once for each time an evaluation was asked for. */
    synchronized boolean takeEvaluate() {
        boolean asked = evaluate;
        evaluate = false;
        return asked;
    }

    /** Waits while the run is paused; whatever is asked for meanwhile ends the wait too. */
    synchronized void awaitChange() {
        while (isPaused() && !evaluate && questions.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped = true;
            }
        }
    }

    /** Whether the charger was connected or taken away since this was last asked. */
    synchronized Optional<Boolean> takeCharger() {
        Optional<Boolean> said = Optional.ofNullable(charger);
        charger = null;
        return said;
    }

    /** Waits so long, or until the run is stopped or somebody sees to the charger. */
    synchronized void await(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toNanos();
                left > 0 && !stopped && charger == null;
                left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped = true;
            }
        }
    }

    /** The system's time; a wait ends early, by an interruption, where the run is stopped. */
    PhonePacer.Time time() {
        return new PhonePacer.Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(long nanos) throws InterruptedException {
                awaitStop(nanos);
                if (isStopped()) {
                    throw new InterruptedException("the run was stopped");
                }
            }
        };
    }

    private synchronized void awaitStop(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !stopped; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped = true;
            }
        }
    }
}
