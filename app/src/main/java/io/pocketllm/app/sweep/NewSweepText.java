package io.pocketllm.app.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.sweep.DrawnText;
import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.SweepFile;
import io.pocketllm.run.sweep.SweepSpec;
import io.pocketllm.run.sweep.TypedValue;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sweep as a person types it: a line a key, such as {@code method.learningRate = 0.1, 0.3, 1}.
 * What begins with a bracket or a brace is JSON, as in a sweep file. Random search is typed as
 * {@code method.learningRate ~ log 1e-4 .. 1e-2} and a line {@code random 20}.
 */
final class NewSweepText {

    /** The sweep's name in messages. */
    static final String SOURCE = "new sweep";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern DRAWS =
            Pattern.compile("random\\s+(\\d{1,9})(?:\\s+seed\\s+(-?\\d{1,18}))?");

    /** Numbers with two points between; a path has none before them. */
    private static final Pattern RANGE =
            Pattern.compile("[^,/\\\\]*\\d\\s*\\.\\.\\s*[-+.\\d][^,]*");

    private NewSweepText() {}

    /**
     * The checked sweep.
     *
     * @param base what all its runs begin with
     * @throws RunFileException naming the line, or the key or combination that cannot be
     */
    static SweepFile read(RunFile base, String lines, Goal goal) throws RunFileException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", 1);
        root.put("name", base.spec().name());
        root.set("base", base.absolute().tree());
        readLines(root, lines);
        root.put("goal", goal.key());
        return SweepFile.parse(SOURCE, Path.of("").toAbsolutePath(), root.toString());
    }

    private static void readLines(ObjectNode root, String lines) throws RunFileException {
        ObjectNode parameters = root.putObject("parameters");
        int number = 0;
        int firstRange = 0;
        for (String line : lines.split("\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            int sign = sign(line);
            if (sign < 0 && line.strip().matches("random\\b.*")) {
                draws(root, number, line);
                continue;
            }
            String key = sign < 0 ? "" : line.substring(0, sign).strip();
            String values = sign < 0 ? "" : line.substring(sign + 1).strip();
            if (key.isEmpty() || values.isEmpty()) {
                throw refusal(
                        number,
                        "\"" + line.strip() + "\" is no key with values",
                        "Write a key of a run file, = and its values: method.learningRate = 0.1,"
                                + " 0.3; or ~ and what to draw from: method.learningRate ~ log 1e-4"
                                + " .. 1e-2");
            }
            if (parameters.has(key)) {
                throw refusal(
                        number, key + " was there before", "Write all its values on one line.");
            }
            boolean drawn = line.charAt(sign) == DrawnText.TILDE;
            parameters.set(
                    key,
                    drawn
                            ? DrawnText.read(SOURCE, "line " + number, values)
                            : values(number, values));
            firstRange = drawn && firstRange == 0 ? number : firstRange;
        }
        if (firstRange > 0 && !root.has("search")) {
            throw refusal(
                    firstRange,
                    "~ draws values, and no line says for how many runs",
                    "Add a line such as random 20.");
        }
    }

    /** Where the key ends: at = or ~, whichever comes first; -1 where there is none. */
    private static int sign(String line) {
        int equals = line.indexOf('=');
        int tilde = line.indexOf(DrawnText.TILDE);
        return equals < 0 || tilde < 0 ? Math.max(equals, tilde) : Math.min(equals, tilde);
    }

    /** A line that says how many combinations are drawn, and perhaps the seed of the draws. */
    private static void draws(ObjectNode root, int number, String line) throws RunFileException {
        Matcher draws = DRAWS.matcher(line.strip());
        if (!draws.matches()) {
            throw refusal(
                    number,
                    "\"" + line.strip() + "\" says no number of runs",
                    "Expected: random and how many combinations to draw, such as random 20; behind"
                            + " it, seed and a whole number draws others: random 20 seed 2.");
        }
        if (root.has("search")) {
            throw refusal(number, "random was there before", "Say once how many runs there are.");
        }
        long runs = Long.parseLong(draws.group(1));
        if (runs < 1 || runs > SweepSpec.MOST_RUNS) {
            throw refusal(
                    number,
                    "random " + runs + " is no number of runs",
                    "Expected: from 1 to " + SweepSpec.MOST_RUNS + ".");
        }
        root.put("search", "random");
        root.put("runs", runs);
        if (draws.group(2) != null) {
            root.put("seed", Long.parseLong(draws.group(2)));
        }
    }

    private static JsonNode values(int number, String text) throws RunFileException {
        if (text.startsWith("[") || text.startsWith("{")) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw refusal(
                        number,
                        "is not valid JSON: " + e.getOriginalMessage(),
                        "Close every bracket, or write values with commas and no bracket.");
            }
        }
        if (RANGE.matcher(text).matches()) {
            throw refusal(
                    number,
                    "\"" + text + "\" is a range, and = takes each of some values",
                    "Write ~ in place of = to draw from it, and a line random 20.");
        }
        return TypedValue.list(SOURCE, "line " + number, text);
    }

    private static RunFileException refusal(int line, String problem, String hint) {
        return new RunFileException(SOURCE, "line " + line, problem, hint);
    }
}
