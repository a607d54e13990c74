package io.pocketllm.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Starts the command line without a window; a phone and every worker begin here. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(PocketLlm.commandLine(standardOutput(), standardError()).execute(args));
    }

    /** Standard output, UTF-8 whatever the system's language. */
    static PrintWriter standardOutput() {
        return new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    }

    /** Standard error, UTF-8, flushed at each line. */
    static PrintWriter standardError() {
        return new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    }
}
