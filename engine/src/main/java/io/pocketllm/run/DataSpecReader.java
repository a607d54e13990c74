package io.pocketllm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.data.ChatFormat;
import io.pocketllm.data.DataFormat;
import io.pocketllm.data.Example;
import io.pocketllm.data.RowShape;
import io.pocketllm.data.Sampling;
import io.pocketllm.data.TaskPreset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the {@code data} section of a run file. */
final class DataSpecReader {

    /** Columns that are no text a template could have a place for. */
    static final Set<String> OTHER_ROLES = Set.of("label", "completion", "messages");

    private static final List<String> ROLES =
            List.of(Example.TEXT, Example.TEXT2, "label", "prompt", "completion", "messages");

    private static final int MOST_EXAMPLES = 10_000_000;

    private DataSpecReader() {}

    /** The texts that {@code data.columns} names, before it is known whether they are used. */
    static Set<String> ownTexts(ObjectNode root) {
        Set<String> names = new LinkedHashSet<>();
        root.path("data")
                .path("columns")
                .fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!OTHER_ROLES.contains(name)) {
                                names.add(name);
                            }
                        });
        return names;
    }

    /**
     * Reads the section.
     *
     * @param objective decides which texts an example needs
     * @param seed the run's; decides which examples are drawn
     */
    static RunSpec.Data read(StrictObject d, RunSpec.Objective objective, long seed)
            throws RunFileException {
        RunSpec.DataFiles files = d.has("files") ? files(d.object("files")) : null;
        if (files != null && d.has("path")) {
            throw d.problem(
                    "files",
                    "is set together with data.path",
                    "Keep one of them: data.path for a folder or one file, data.files for a file"
                            + " each.");
        }
        String path = files == null ? d.text("path", null) : null;
        RunSpec.DataSplits splits = d.has("splits") ? splits(d.object("splits")) : null;
        if (files != null && splits != null) {
            throw d.problem(
                    "splits",
                    "is set together with data.files",
                    "Take it out: it cuts parts from one file, and data.files names them all.");
        }
        DataFormat format =
                d.has("format")
                        ? d.constant("format", null, DataFormat.values(), DataFormat::key)
                        : null;
        RowShape shape = shape(d, objective);
        Sampling sampling = sampling(d, seed);
        RunSpec.Data data =
                new RunSpec.Data(
                        path,
                        files,
                        splits,
                        format,
                        shape,
                        sampling,
                        d.choice("onBadLine", "refuse", "refuse", "skip").equals("skip"),
                        d.integer("maxTokens", 64, 4, 8192),
                        d.number("tokenDropout", 0.0, 0, 0.9));
        d.done();
        return data;
    }

    private static RunSpec.DataFiles files(StrictObject f) throws RunFileException {
        RunSpec.DataFiles files =
                new RunSpec.DataFiles(
                        f.text("train", null),
                        f.text("validation", null),
                        f.has("test") ? f.text("test", null) : null);
        f.done();
        return files;
    }

    private static RunSpec.DataSplits splits(StrictObject s) throws RunFileException {
        double validation = s.number("validation", 0.1, 0.001, 0.9);
        double test = s.number("test", 0.1, 0, 0.9);
        s.done();
        if (validation + test > 0.99) {
            throw s.problem(
                    "validation",
                    "and test together take " + (validation + test) + " of the examples",
                    "Leave at least a hundredth of them for training.");
        }
        return new RunSpec.DataSplits(validation, test);
    }

    private static RowShape shape(StrictObject d, RunSpec.Objective objective)
            throws RunFileException {
        boolean plain = objective.template() == null;
        List<String> texts =
                plain ? List.of(Example.TEXT) : List.copyOf(objective.template().texts());
        StrictObject c = d.optionalObject("columns");
        Map<String, String> own = new LinkedHashMap<>();
        Set<String> roles = new LinkedHashSet<>(ROLES);
        roles.addAll(texts);
        for (String role : roles) {
            if (c.has(role)) {
                own.put(role, c.text(role, null));
            }
        }
        c.done();
        TaskPreset preset = objective.preset();
        return new RowShape(
                texts,
                plain,
                RowShape.merged(own, preset == null ? Map.of() : preset.columns()),
                List.copyOf(objective.labels().keySet()),
                labelNames(d, objective),
                d.bool("header", true),
                d.constant("chatFormat", ChatFormat.PLAIN, ChatFormat.values(), ChatFormat::key));
    }

    private static List<String> labelNames(StrictObject d, RunSpec.Objective objective)
            throws RunFileException {
        if (!d.has("labelNames")) {
            return objective.preset() == null ? List.of() : objective.preset().labelNames();
        }
        List<String> names = new ArrayList<>();
        JsonNode json = d.node().get("labelNames");
        for (JsonNode name : json) {
            names.add(name.asText());
        }
        if (!json.isArray() || names.isEmpty()) {
            throw d.problem(
                    "labelNames",
                    "is " + json,
                    "Allowed: a list of labels, what 0, 1, 2 in the label column stand for.");
        }
        for (String name : names) {
            if (!objective.labels().containsKey(name)) {
                throw d.problem(
                        "labelNames",
                        "names \"" + name + "\", which objective.labels does not list",
                        "Listed are: " + String.join(", ", objective.labels().keySet()) + ".");
            }
        }
        return List.copyOf(names);
    }

    private static Sampling sampling(StrictObject d, long seed) throws RunFileException {
        Integer fewShot =
                d.has("fewShot") ? (Integer) d.integer("fewShot", null, 1, MOST_EXAMPLES) : null;
        Integer fewShotValidation =
                d.has("fewShotValidation")
                        ? (Integer) d.integer("fewShotValidation", null, 1, MOST_EXAMPLES)
                        : fewShot;
        StrictObject max = d.optionalObject("maxExamples");
        Sampling sampling =
                new Sampling(
                        fewShot,
                        fewShotValidation,
                        max.integer("train", Sampling.MAX_TRAIN, 1, MOST_EXAMPLES),
                        max.integer("validation", Sampling.MAX_HELD_OUT, 1, MOST_EXAMPLES),
                        max.integer("test", Sampling.MAX_HELD_OUT, 1, MOST_EXAMPLES),
                        seed);
        max.done();
        return sampling;
    }
}
