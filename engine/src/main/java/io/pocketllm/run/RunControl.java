package io.pocketllm.run;

import java.util.ArrayDeque;
import java.util.Deque;

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
    private final Deque<TextQuestion> questions = new ArrayDeque<>();

    synchronized void give(RunCommand command) {
        switch (command) {
            case PAUSE -> paused = true;
            case RESUME -> paused = false;
            case EVALUATE -> evaluate = true;
            case STOP -> stopped = true;
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
}
