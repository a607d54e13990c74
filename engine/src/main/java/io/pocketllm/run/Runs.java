package io.pocketllm.run;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Ready-made runs, previews of runs, and starting them: what the window and the command line begin with. */
public final class Runs implements RunProcess.Launcher {

    private final Folders folders;

    /**
     * @param folders where runs and the cache go
     */
    public Runs(Folders folders) {
        this.folders = folders;
    }

    /** Ids of the ready-made run files, the default one first. */
    public static List<String> samples() {
        return List.of("inbox-nurse", "inbox-mechanic");
    }

    /** A ready-made run file by its id. */
    public static RunFile sample(String id) throws RunFileException {
        throw new RunFileException(id, "", "not there", "");
    }

    /**
     * Looks up what a run file names. Reads the model's header and the data; the first call may unpack the default model into
     * the cache, so call it off the window's thread.
     *
     * @throws RunFileException where the file names a device, a model or data that is not there or cannot be used
     */
    public RunPreview preview(RunFile file) throws RunFileException {
        throw new RunFileException(file.source(), "", "not there", "");
    }

    @Override
    public RunProcess start(RunFile file, Consumer<Event> listener) throws RunFileException, IOException {
        throw new RunFileException(file.source(), "", "not there", "");
    }
}
