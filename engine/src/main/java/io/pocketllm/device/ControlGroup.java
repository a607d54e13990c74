package io.pocketllm.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A control group of its own with a hard memory limit (cgroup v2): the kernel itself kills what
 * would go over it, without a reading in between. The kernel also counts cached file pages, but
 * drops those before it kills.
 */
final class ControlGroup implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path folder;
    private final long limitBytes;

    private ControlGroup(Path folder, long limitBytes) {
        this.folder = folder;
        this.limitBytes = limitBytes;
    }

    /**
     * Makes a group beside or below this process's own, where the system allows it.
     *
     * @param limitBytes what the group may hold
     * @return nothing where there is no cgroup v2 memory controller, or no right to use it
     */
    static Optional<ControlGroup> create(long limitBytes) {
        return create(Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"), limitBytes);
    }

    static Optional<ControlGroup> create(Path mount, Path membership, long limitBytes) {
        try {
            Path own = mount.resolve(ownGroup(Files.readAllLines(membership)));
            // A group with processes in it cannot hand its controllers down, so a sibling is the
            // usual place; the mount's root group is the exception.
            for (Path parent = own.normalize();
                    parent.startsWith(mount);
                    parent = parent.getParent()) {
                if (handsDownMemory(parent)) {
                    return make(parent, limitBytes);
                }
            }
        } catch (IOException | RuntimeException e) {
            // No such files: another system, cgroup v1, or a sandbox.
        }
        return Optional.empty();
    }

    private static Optional<ControlGroup> make(Path parent, long limitBytes) {
        Path folder =
                parent.resolve(
                        "pocketllm-"
                                + ProcessHandle.current().pid()
                                + "-"
                                + NUMBER.incrementAndGet());
        ControlGroup group = new ControlGroup(folder, limitBytes);
        try {
            Files.createDirectory(folder);
            group.write("memory.max", Long.toString(limitBytes));
            group.write("memory.oom.group", "1");
            // Swap would let the process grow past the limit on disk.
            if (Files.exists(folder.resolve("memory.swap.max"))) {
                group.write("memory.swap.max", "0");
            }
            return Optional.of(group);
        } catch (IOException e) {
            group.close();
            return Optional.empty();
        }
    }

    /** Moves a process into the group; false where the system refuses. */
    boolean add(long pid) {
        try {
            write("cgroup.procs", Long.toString(pid));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the group may hold. */
    long limitBytes() {
        return limitBytes;
    }

    /** True where the kernel has killed a process of the group for its memory. */
    boolean killed() {
        try {
            for (String line : Files.readAllLines(folder.resolve("memory.events"))) {
                if (line.matches("oom_kill [1-9][0-9]*")) {
                    return true;
                }
            }
        } catch (IOException e) {
            // The group has gone; nobody was killed that we know of.
        }
        return false;
    }

    /** Removes the group, which works once its process has gone. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Still busy or never there. An empty group costs nothing and goes with the session.
        }
    }

    private void write(String file, String value) throws IOException {
        Files.writeString(folder.resolve(file), value);
    }

    /** Where this process is in the v2 hierarchy, from a line such as {@code 0::/user.slice/x}. */
    private static String ownGroup(List<String> lines) throws IOException {
        for (String line : lines) {
            if (line.startsWith("0::/")) {
                return line.substring("0::/".length());
            }
        }
        throw new IOException("no cgroup v2");
    }

    private static boolean handsDownMemory(Path group) throws IOException {
        Path control = group.resolve("cgroup.subtree_control");
        return Files.isReadable(control)
                && List.of(Files.readString(control).trim().split(" ")).contains("memory")
                && Files.isWritable(group);
    }
}
