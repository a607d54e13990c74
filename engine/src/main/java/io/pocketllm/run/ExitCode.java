package io.pocketllm.run;

/** How a run or a command ended, as the process says it. */
public enum ExitCode {
    /** Done, or stopped by a person with everything kept. */
    DONE(0),
    /** An error of the program itself. */
    INTERNAL_ERROR(1),
    /** Bad input: the message says which file, which key and what to do. */
    BAD_INPUT(2),
    /** Killed by the simulated phone. */
    KILLED(3),
    /** The loss left the numbers. */
    DIVERGED(4),
    /** A real phone or adb did not answer. */
    PHONE_ERROR(5),
    /** Interrupted by Ctrl+C or SIGTERM after finishing the step. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number the process exits with. */
    public int code() {
        return code;
    }

    /** The constant of a number, or {@link #INTERNAL_ERROR} for any other. */
    public static ExitCode of(int code) {
        for (ExitCode value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        return INTERNAL_ERROR;
    }
}
