package io.pocketllm.app.setup;

import io.pocketllm.run.RunFile;
import java.util.Map;

/** A run written as a command, for a POSIX shell. */
final class RunCommandLine {

    private RunCommandLine() {}

    static String of(String opened, RunFile base, RunFile now, Map<String, String> changes) {
        StringBuilder command = new StringBuilder("pocketllm train ").append(quoted(opened));
        if (base == null || now == null || base.toJson().equals(now.toJson())) {
            return command.toString();
        }
        changes.forEach(
                (key, value) -> command.append(" --set ").append(quoted(key + "=" + value)));
        return command.toString();
    }

    /** The word as a shell takes it unchanged. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
