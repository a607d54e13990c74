package io.pocketllm.device;

import java.io.IOException;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * Resident set of one process, as the operating system counts it, through OSHI.
 *
 * <p>Keeps the {@code OSProcess} and refreshes it in place. docs/devices.md says what a reading
 * costs. For one thread at a time.
 */
public final class ResidentSet {

    private final int pid;
    private OSProcess process;

    /**
     * @param pid process id; the process may have ended
     */
    public ResidentSet(long pid) {
        this.pid = Math.toIntExact(pid);
    }

    /**
     * Makes sure that memory can be read at all. The first call in a program takes some tenths of a
     * second: it loads a native library, which is unpacked to {@code jna.tmpdir}.
     *
     * @throws IOException where the library cannot be loaded; the message says what to do
     */
    public static void prepare() throws IOException {
        try {
            if (new ResidentSet(ProcessHandle.current().pid()).bytes() > 0) {
                return;
            }
        } catch (LinkageError e) {
            throw new IOException(remedy(e.toString()), e);
        }
        throw new IOException(remedy("this process has no size"));
    }

    /** Bytes the process holds in memory now; 0 where it has ended or cannot be read. */
    public long bytes() {
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

    /** Loaded on first use. */
    private static final class Host {
        static final OperatingSystem OS = new SystemInfo().getOperatingSystem();
    }
}
