package io.pocketllm.app;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The program with {@code workbench} for its command: what the icon of an installed program starts,
 * whose arguments are a run file at most.
 */
public final class WorkbenchMain {

    private WorkbenchMain() {}

    /** Opens the window. */
    public static void main(String[] args) {
        Main.main(
                Stream.concat(Stream.of("workbench"), Arrays.stream(args)).toArray(String[]::new));
    }
}
