package io.pocketllm.phone;

/**
 * What a command on a phone answered.
 *
 * @param exitCode 0 for success
 * @param out standard output
 * @param err standard error
 */
record ShellResult(int exitCode, String out, String err) {

    /** The first line of standard error, or the exit code where there is none. */
    String why() {
        return err.isBlank() ? "exit code " + exitCode : PhoneException.shown(err);
    }
}
