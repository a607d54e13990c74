package io.pocketllm.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * Resident set of one process, as the operating system counts it: from {@code /proc} on Linux,
 * through OSHI elsewhere. docs/devices.md says what a reading costs. For one thread at a time.
 */
public final class ResidentSet implements AutoCloseable {

    private static final boolean PROC = Files.isReadable(Path.of("/proc/self/statm"));

    private final int pid;
    private OSProcess process;
    private ProcStatm statm;

    /**
     * @param pid process id; the process may have ended
     */
    public ResidentSet(long pid) {
        this.pid = Math.toIntExact(pid);
    }

    /**
     * Makes sure that memory can be read at all. The first call in a program may take some tenths
     * of a second where it loads a native library, which is unpacked to {@code jna.tmpdir}.
     *
     * @throws IOException where the library cannot be loaded; the message says what to do
     */
    public static void prepare() throws IOException {
        try (ResidentSet own = new ResidentSet(ProcessHandle.current().pid())) {
            if (own.bytes() > 0) {
                return;
            }
        } catch (LinkageError e) {
            throw new IOException(remedy(e.toString()), e);
        }
        throw new IOException(remedy("this process has no size"));
    }

    /** True where a reading costs microseconds, so that hundreds a second are affordable. */
    public static boolean isCheap() {
        return PROC;
    }

    /** Bytes the process holds in memory now; 0 where it has ended or cannot be read. */
    public long bytes() {
        if (PROC) {
            if (statm == null) {
                statm = new ProcStatm(Path.of("/proc", Integer.toString(pid), "statm"));
            }
            return statm.residentBytes();
        }
        if (process == null) {
            process = Host.OS.getProcess(pid);
            return process == null ? 0 : process.getResidentSetSize();
        }
        return process.updateAttributes() ? process.getResidentSetSize() : 0;
    }

    private static String remedy(String why) {
        return "The memory of processes cannot be read ("
                + why
                + "). Point -Djna.tmpdir at a folder you may write to and run programs from.";
    }

    @Override
    public void close() {
        if (statm != null) {
            statm.close();
        }
    }

    /** Loaded on first use. */
    private static final class Host {
        static final OperatingSystem OS = new SystemInfo().getOperatingSystem();
    }
}
