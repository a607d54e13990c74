package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFileTree;
import io.pocketllm.run.Runs;
import io.pocketllm.run.StrictJson;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The run file that all runs of a sweep begin with, its paths made absolute. It need not be whole:
 * what is checked is each run.
 */
final class BaseRun {

    private static final String SAMPLE = "sample:";

    private BaseRun() {}

    /**
     * @param source the sweep file's name in messages
     * @param folder relative paths in it start here
     * @param base the run file itself, its path, or {@code sample:ID}
     */
    static ObjectNode read(String source, Path folder, JsonNode base) throws RunFileException {
        if (base.isObject()) {
            ObjectNode tree = base.deepCopy();
            RunFileTree.makeAbsolute(source, tree, folder);
            return tree;
        }
        if (!base.isTextual() || base.textValue().isBlank()) {
            throw new RunFileException(
                    source,
                    SweepSpecReader.BASE,
                    "is neither text nor an object",
                    "Allowed: a run file's path, sample:ID, or the run file itself in braces.");
        }
        String named = base.textValue();
        if (named.startsWith(SAMPLE)) {
            RunFile sample = Runs.sample(named.substring(SAMPLE.length()));
            return sample.tree();
        }
        try {
            Path file = folder.resolve(named).toAbsolutePath().normalize();
            String text = StrictJson.RUN_FILE.text(file);
            ObjectNode tree = StrictJson.RUN_FILE.object(file.toString(), text);
            RunFileTree.makeAbsolute(file.toString(), tree, file.getParent());
            return tree;
        } catch (InvalidPathException e) {
            throw new RunFileException(
                    source,
                    SweepSpecReader.BASE,
                    "\"" + named + "\" is no path",
                    "Name a run file.");
        }
    }
}
