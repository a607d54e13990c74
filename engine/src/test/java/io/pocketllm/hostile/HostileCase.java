package io.pocketllm.hostile;

import java.nio.file.Path;

/**
 * A bad file and what opening it must say.
 *
 * @param name the case, for people
 * @param opener what opens it
 * @param files writes the files and gives the path that is opened
 * @param problem part of the message
 */
public record HostileCase(String name, Opener opener, Files files, String problem) {

    /** Writes the case's files into a fresh folder. */
    @FunctionalInterface
    public interface Files {
        Path writeInto(Path folder) throws Exception;
    }

    /** One file of these bytes. */
    static HostileCase of(String name, Opener opener, String file, byte[] bytes, String problem) {
        return new HostileCase(
                name,
                opener,
                folder -> java.nio.file.Files.write(folder.resolve(file), bytes),
                problem);
    }

    /** One file of this length that takes no room on disk. */
    static HostileCase sparse(String name, Opener opener, String file, long bytes, String problem) {
        return new HostileCase(
                name, opener, folder -> Bytes.sparse(folder.resolve(file), bytes), problem);
    }

    @Override
    public String toString() {
        return opener + ": " + name;
    }
}
