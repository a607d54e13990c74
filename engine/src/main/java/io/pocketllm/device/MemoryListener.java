package io.pocketllm.device;

/**
 * Hears what a watched process holds. Called on the watching thread, one call after the other; must
 * return quickly, for the next reading waits for it.
 */
public interface MemoryListener {

    /**
     * One reading, as often as the process is watched.
     *
     * @param rssBytes resident set of the process, above 0
     */
    void reading(long rssBytes);

    /**
     * The process went over its budget and has been sent SIGKILL. Called at most once, right after
     * the signal, whether or not anyone has seen the process exit; nothing is called after it.
     */
    void killed(LowMemoryKiller.Kill kill);
}
