package io.pocketllm.phone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The scripts that run on a phone: files of this package, fixed text. What a script works on comes
 * in as its positional parameters, so that no command is ever put together from outside data.
 */
enum PhoneScript {
    /** Reads what a phone says about itself. No parameters. */
    READ_PHONE,
    /** How warm a phone is and how full its battery. No parameters. */
    READ_WARMTH,
    /** Free kilobytes, the manifest, and the sizes of files: base folder, then paths. */
    LOOK,
    /** Appends standard input to a file: path, its size so far. */
    APPEND,
    /** Gets ready to receive a file: base, path, manifest line. */
    BEGIN,
    /** Checks, renames and remembers a file: base, path, sha256, mode, manifest line. */
    COMMIT,
    /** Unpacks an engine bundle: base, archive, folder, manifest line. */
    UNPACK_ENGINE,
    /** Makes an empty folder of ours: base, folder, manifest line. */
    MAKE_FOLDER,
    /** Removes what is of ours: base, then paths, each with F: or T: before it. */
    CLEAN,
    /** Starts a run that outlives the connection: engine folder, run folder, budget in kB. */
    START_RUN,
    /** News of a run: run folder, first byte of events wanted. */
    FOLLOW_RUN,
    /** Names of a run's files: run folder. */
    LIST_RUN,
    /** Gives a run a command: run folder, line. */
    TELL_RUN,
    /** Ends a run at once: run folder. */
    KILL_RUN;

    private final String text;

    PhoneScript() {
        String file = name().toLowerCase(Locale.ROOT).replace('_', '-') + ".sh";
        try (InputStream in = PhoneScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not part of this installation");
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line a phone's shell reads. */
    String with(String... parameters) throws PhoneException {
        return "set -- " + ShellWords.join(List.of(parameters)) + "\n" + text;
    }
}
