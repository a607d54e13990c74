package io.pocketllm.cli;

import sun.misc.Signal;

/**
 * Ctrl+C and SIGTERM ask a run to end instead of tearing the process down: ONNX Runtime's own
 * shutdown hook would close its environment under a running call and crash.
 */
final class Interrupts {

    private Interrupts() {}

    /** Calls {@code action} for each Ctrl+C or SIGTERM; the process goes on. */
    static void onInterrupt(Runnable action) {
        for (String name : new String[] {"INT", "TERM"}) {
            try {
                Signal.handle(new Signal(name), signal -> action.run());
            } catch (IllegalArgumentException e) {
                // This system has no such signal, or the JVM keeps it to itself.
            }
        }
    }
}
