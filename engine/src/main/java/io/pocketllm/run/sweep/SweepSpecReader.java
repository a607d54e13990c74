package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.StrictObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a sweep file's JSON into a {@link SweepSpec}; the base is {@link BaseRun}'s. */
final class SweepSpecReader {

    static final String BASE = "base";

    private static final String RANGE =
            "a list of values in brackets, or a range:"
                    + " { \"from\": 0.001, \"to\": 0.1, \"scale\": \"log\", \"count\": 3 }";

    private final String source;
    private final boolean random;

    private SweepSpecReader(String source, boolean random) {
        this.source = source;
        this.random = random;
    }

    static SweepSpec read(String source, ObjectNode json) throws RunFileException {
        StrictObject root = new StrictObject("sweep file", source, "", json);
        root.integer("version", null, 1, 1);
        String name = root.text("name", "Untitled sweep");
        if (!root.has(BASE)) {
            throw root.problem(
                    BASE,
                    "is missing",
                    "Add it; it is a run file's path, sample:ID, or a run file.");
        }
        StrictObject parameters = root.object("parameters");
        boolean random = root.choice("search", "grid", "grid", "random").equals("random");
        SweepSpec.Search search = search(root, random);
        Goal goal = root.constant("goal", Goal.ACCURACY, Goal.values(), Goal::key);
        Optional<MedianRule> stopEarly = stopEarly(root);
        Optional<Duration> most =
                root.has("maxMinutes")
                        ? Optional.of(
                                Duration.ofMillis(
                                        Math.round(
                                                60_000
                                                        * root.number(
                                                                "maxMinutes", null, 0.01, 1e6))))
                        : Optional.empty();
        root.done();
        return new SweepSpec(
                name,
                new SweepSpecReader(source, random).parameters(root, parameters),
                search,
                goal,
                stopEarly,
                most);
    }

    private static SweepSpec.Search search(StrictObject root, boolean random)
            throws RunFileException {
        if (random) {
            return new SweepSpec.Random(
                    root.integer("runs", null, 1, SweepSpec.MOST_RUNS),
                    root.longInteger("seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE));
        }
        for (String key : List.of("runs", "seed")) {
            if (root.has(key)) {
                throw root.problem(
                        key,
                        "goes with \"search\": \"random\" only",
                        key.equals("seed")
                                ? "The runs' own seeds belong into parameters: \"seed\": [1, 2, 3]."
                                : "Take it out: a grid runs every combination.");
            }
        }
        return new SweepSpec.Grid();
    }

    private static Optional<MedianRule> stopEarly(StrictObject root) throws RunFileException {
        if (!root.has("stopEarly")) {
            return Optional.empty();
        }
        StrictObject rule = root.object("stopEarly");
        rule.choice("rule", null, "median");
        MedianRule median =
                new MedianRule(
                        rule.integer("fromStep", 1, 1, 100_000_000),
                        rule.integer("minRuns", 3, 1, SweepSpec.MOST_RUNS));
        rule.done();
        return Optional.of(median);
    }

    private List<Parameter> parameters(StrictObject root, StrictObject object)
            throws RunFileException {
        List<Parameter> parameters = new ArrayList<>();
        for (String key : object.node().propertyStream().map(e -> e.getKey()).toList()) {
            if (key.equals("name") || key.equals("version")) {
                throw object.problem(
                        key,
                        "is the same for all runs or made from their settings",
                        "Take it out; the sweep's own name is \"name\" beside \"parameters\".");
            }
            parameters.add(new Parameter(key, values(object, key)));
        }
        if (parameters.isEmpty()) {
            throw root.problem(
                    "parameters",
                    "is empty",
                    "Name a key of the run file and its values, such as"
                            + " \"method.learningRate\": [0.01, 0.1].");
        }
        for (Parameter inner : parameters) {
            for (Parameter outer : parameters) {
                if (inner.key().startsWith(outer.key() + ".")) {
                    throw object.problem(
                            inner.key(),
                            "lies inside \"" + outer.key() + "\", which is swept too",
                            "Sweep one of the two.");
                }
            }
        }
        return List.copyOf(parameters);
    }

    private Values values(StrictObject parameters, String key) throws RunFileException {
        JsonNode found = parameters.node().get(key);
        if (found.isArray() && !found.isEmpty()) {
            List<JsonNode> values = new ArrayList<>();
            found.forEach(values::add);
            return distinct(parameters, key, values);
        }
        if (!found.isObject()) {
            String shown = found.toString();
            throw parameters.problem(
                    key,
                    "is " + (shown.length() > 60 ? shown.substring(0, 57) + "..." : shown),
                    "Allowed: " + RANGE + ".");
        }
        return range(parameters, key);
    }

    private Values range(StrictObject parameters, String key) throws RunFileException {
        StrictObject range = parameters.object(key);
        double from = range.number("from", null, -1e300, 1e300);
        double to = range.number("to", null, -1e300, 1e300);
        boolean log = range.choice("scale", "linear", "linear", "log").equals("log");
        boolean whole = range.bool("whole", false);
        boolean counted = range.has("count");
        int count = counted || !random ? range.integer("count", null, 2, SweepSpec.MOST_RUNS) : 0;
        range.done();
        if (!(from < to)) {
            throw range.problem("to", "is not above \"from\"", "Write the smaller one first.");
        }
        if (log && from <= 0) {
            throw range.problem(
                    "from",
                    "is not above 0, where a logarithm ends",
                    "Begin above 0, or use \"scale\": \"linear\".");
        }
        if (whole && (from != Math.rint(from) || to != Math.rint(to) || Math.abs(to) > 1L << 53)) {
            throw range.problem(
                    "whole", "needs two whole numbers", "Use whole ones, or take it out.");
        }
        Values.Range values = new Values.Range(from, to, log, whole);
        return count == 0 ? values : distinct(parameters, key, values.spread(count));
    }

    private Values distinct(StrictObject parameters, String key, List<JsonNode> values)
            throws RunFileException {
        Set<JsonNode> seen = new HashSet<>();
        for (JsonNode value : values) {
            if (!seen.add(value)) {
                throw parameters.problem(
                        key,
                        "has the value " + SettingText.of(value) + " twice",
                        "The same run twice gives the same result: take one out, or lower"
                                + " \"count\". Repetitions differ in \"seed\".");
            }
        }
        return new Values.Listed(List.copyOf(values));
    }
}
