package io.pocketllm.app.train;

import io.pocketllm.app.text.Private;
import io.pocketllm.app.text.Versions;
import io.pocketllm.run.RunFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A report a person can paste into a bug tracker: versions, settings, the last events, and no
 * personal paths.
 */
final class ErrorReport {

    private ErrorReport() {}

    /**
     * @param banner what a person was told; null for nothing
     * @param fault what was thrown; null for nothing
     */
    static String text(Banner banner, Throwable fault, RunFile file, List<String> lastEvents) {
        StringBuilder text = new StringBuilder("PocketLLM Workbench report\n\n");
        if (banner != null) {
            text.append(banner.title()).append('\n').append(banner.text()).append("\n\n");
        }
        if (fault != null) {
            StringWriter trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace));
            text.append(trace).append('\n');
        }
        text.append(Versions.text());
        if (file != null) {
            text.append("phone         ").append(file.spec().device().profile()).append('\n');
            text.append("\nRun file\n").append(file.toJson());
        }
        text.append("\nLast ").append(lastEvents.size()).append(" events\n");
        lastEvents.forEach(event -> text.append(event).append('\n'));
        return Private.hide(text.toString());
    }
}
