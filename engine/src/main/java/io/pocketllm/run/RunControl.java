package io.pocketllm.run;

/**
 * Commands on their way from whoever gives them to the trainer, which looks between steps. Safe
 * from any thread.
 */
final class RunControl {

    private boolean paused;
    private boolean stopped;
    private boolean evaluate;

    synchronized void give(RunCommand command) {
        switch (command) {
            case PAUSE -> paused = true;
            case RESUME -> paused = false;
            case EVALUATE -> evaluate = true;
            case STOP -> stopped = true;
        }
        notifyAll();
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

    /** Waits while the run is paused; an evaluation asked for meanwhile ends the wait too. */
    synchronized void awaitChange() {
        while (isPaused() && !evaluate) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped = true;
            }
        }
    }
}
