package io.pocketllm.run;

import io.pocketllm.forward.MiniLm;
import java.nio.file.Path;

/** For tests outside this package: everything a run does before its first step. */
public final class RunDoor {

    private RunDoor() {}

    /** Opens model and data of a run file, builds the graph, and closes all of it. */
    public static void open(Path runFile) throws RunFileException {
        new TaskBuilder(RunFile.read(runFile), 1, (phase, fraction) -> {})
                .build(MiniLm.CACHE)
                .close();
    }
}
