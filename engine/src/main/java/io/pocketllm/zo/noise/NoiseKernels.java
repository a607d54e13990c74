package io.pocketllm.zo.noise;

/**
 * Which kernel this JVM draws noise with.
 *
 * <p>The vector kernel needs the module {@code jdk.incubator.vector}, which the JVM has only where
 * it was started with {@code --add-modules jdk.incubator.vector}, and the optimising compiler:
 * without it vectors are objects on the heap. Where either is missing the scalar kernel draws the
 * same bits, slower. {@code -Dpocketllm.noise=scalar} or {@code vector} forces one.
 */
public final class NoiseKernels {

    /** The system property that forces a kernel. */
    public static final String PROPERTY = "pocketllm.noise";

    /** The module the vector kernel needs. */
    public static final String MODULE = "jdk.incubator.vector";

    /**
     * How Java begins the line it writes to standard error at each start with the module, before
     * any of our code runs; no option of Java keeps it from doing so. Parents leave the line out.
     */
    public static final String MODULE_WARNING = "WARNING: Using incubator modules: " + MODULE;

    private static final int FEW = 1 << 14;

    private static final NoiseKernel CHOSEN = choose(System.getProperty(PROPERTY, "auto"));

    private NoiseKernels() {}

    /** The kernel of this JVM. */
    public static NoiseKernel chosen() {
        return CHOSEN;
    }

    /**
     * The kernel for so many elements at a time: below {@value #FEW} the scalar one, because until
     * the vector kernel is compiled each of its operations costs an object, and a small run would
     * be over before.
     */
    public static NoiseKernel chosenFor(long elements) {
        return elements < FEW ? scalar() : CHOSEN;
    }

    /** The scalar kernel, there always. */
    public static NoiseKernel scalar() {
        return ScalarKernel.INSTANCE;
    }

    /** True where this JVM was started with the vector kernel's module. */
    public static boolean moduleIsThere() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /**
     * One line for a log: the kernel and why it is this one, such as "vector, 16 lanes" or "scalar
     * (no module jdk.incubator.vector)".
     */
    public static String description() {
        String why;
        if (!CHOSEN.equals(scalar())) {
            return CHOSEN.description();
        } else if (System.getProperty(PROPERTY, "").equals("scalar")) {
            why = "forced by -D" + PROPERTY;
        } else if (!moduleIsThere()) {
            why = "no module " + MODULE;
        } else {
            why = "no optimising compiler";
        }
        return CHOSEN.description() + " (" + why + ")";
    }

    /** Any other word than "scalar" and "vector" leaves the choice to the JVM's abilities. */
    static NoiseKernel choose(String word) {
        boolean vector =
                switch (word) {
                    case "scalar" -> false;
                    case "vector" -> moduleIsThere();
                    default -> moduleIsThere() && compilesVectors();
                };
        return vector ? Vector.kernel() : scalar();
    }

    /** False where the JVM was told to keep to its quick compiler or to none. */
    private static boolean compilesVectors() {
        String vm = System.getProperty("java.vm.info", "");
        return !vm.contains("interpreted") && !vm.contains("emulated-client");
    }

    /** Loaded only where the module is there. */
    private static final class Vector {
        static NoiseKernel kernel() {
            return VectorKernel.INSTANCE;
        }
    }
}
