package io.pocketllm.run;

import java.util.Map;

/** Settings of the C library's allocator for a process that trains. Others pass them over. */
public final class WorkerMemory {

    /** Blocks of this many bytes and more are mapped, so that freeing one gives it back at once. */
    private static final String MAPPED_FROM = "131072";

    private WorkerMemory() {}

    /**
     * Puts the settings into a process's environment, before it is started. Without them glibc
     * keeps an arena a thread, and what a forward pass frees: RoBERTa-large's resident set is half
     * as large again in the profile "smallest".
     */
    public static void settle(Map<String, String> environment) {
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("MALLOC_MMAP_THRESHOLD_", MAPPED_FROM);
        environment.put("MALLOC_TRIM_THRESHOLD_", MAPPED_FROM);
    }
}
