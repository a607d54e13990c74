package io.pocketllm.run.sweep;

import io.pocketllm.run.RunFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two programs from working on one sweep folder; gone with its process, however it ends. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws RunFileException where another program holds it
     */
    static FolderLock take(Path folder) throws IOException, RunFileException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("sweep.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another sweep of this very process.
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new RunFileException(
                    folder.toString(),
                    "",
                    "another program is working on this sweep",
                    "Wait for its end, or give each its own folder with --shard and --out.");
        }
        return new FolderLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
