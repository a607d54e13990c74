package io.pocketllm.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.Optional;

/**
 * The few calls of the C library that Java has no words for, through the foreign-function API. On a
 * system without them, or a JVM that forbids native access, every answer is "not available".
 */
final class NativeLinux {

    /** A set of 1024 CPUs, as {@code cpu_set_t} (sched_setaffinity(2)). */
    private static final int CPU_SET_BYTES = 128;

    /** {@code _SC_PAGESIZE} of Linux on every architecture. */
    private static final int SC_PAGESIZE = 30;

    private static final long USUAL_PAGE_BYTES = 4096;

    private NativeLinux() {}

    /** Size of a page of memory; 4096 where it cannot be asked for. */
    static long pageBytes() {
        try {
            Optional<MethodHandle> sysconf =
                    function(
                            "sysconf",
                            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
            if (sysconf.isPresent()) {
                long bytes = (long) sysconf.get().invokeExact(SC_PAGESIZE);
                return bytes > 0 ? bytes : USUAL_PAGE_BYTES;
            }
        } catch (Throwable e) {
            rethrowError(e);
        }
        return USUAL_PAGE_BYTES;
    }

    /** CPUs the calling thread may run on, or nothing where that cannot be asked. */
    static Optional<BitSet> affinity() {
        try (Arena arena = Arena.ofConfined()) {
            Optional<MethodHandle> get = scheduler("sched_getaffinity");
            MemorySegment set = arena.allocate(CPU_SET_BYTES, 8);
            if (get.isEmpty() || (int) get.get().invokeExact(0, (long) CPU_SET_BYTES, set) < 0) {
                return Optional.empty();
            }
            return Optional.of(BitSet.valueOf(set.toArray(ValueLayout.JAVA_LONG)));
        } catch (Throwable e) {
            rethrowError(e);
            return Optional.empty();
        }
    }

    /**
     * Binds the calling thread; processes it starts from then on inherit this.
     *
     * @return true where the system did so
     */
    static boolean setAffinity(BitSet cpus) {
        try (Arena arena = Arena.ofConfined()) {
            Optional<MethodHandle> set = scheduler("sched_setaffinity");
            if (set.isEmpty() || cpus.isEmpty() || cpus.length() > 8 * CPU_SET_BYTES) {
                return false;
            }
            MemorySegment mask = arena.allocate(CPU_SET_BYTES, 8);
            MemorySegment.copy(
                    MemorySegment.ofArray(cpus.toLongArray()), 0, mask, 0, 8L * words(cpus));
            return (int) set.get().invokeExact(0, (long) CPU_SET_BYTES, mask) == 0;
        } catch (Throwable e) {
            rethrowError(e);
            return false;
        }
    }

    private static int words(BitSet cpus) {
        return cpus.toLongArray().length;
    }

    private static Optional<MethodHandle> scheduler(String name) {
        return function(
                name,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS));
    }

    private static Optional<MethodHandle> function(String name, FunctionDescriptor descriptor) {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(address -> linker.downcallHandle(address, descriptor));
    }

    /** A JVM may forbid native access or lack the linker; both mean "not available". */
    private static void rethrowError(Throwable e) {
        if (e instanceof VirtualMachineError error) {
            throw error;
        }
    }
}
