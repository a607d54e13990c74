package io.pocketllm.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pocketllm.data.Example;
import io.pocketllm.data.PromptTemplate;
import io.pocketllm.data.TaskPreset;
import io.pocketllm.data.TemplateException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads the {@code objective} section of a run file. */
final class ObjectiveSpecReader {

    /** Fewest labels a classifier can have, and the most a run file may list. */
    private static final int MIN_LABELS = 2;

    private static final int MAX_LABELS = 1000;

    /** A prompt and its completion join where they stand. */
    private static final String PLAIN_ANSWER = "{prompt}{answer}";

    private ObjectiveSpecReader() {}

    /**
     * Reads the section.
     *
     * @param ownColumns texts that {@code data.columns} names, which a template may use
     */
    static RunSpec.Objective read(StrictObject o, Set<String> ownColumns) throws RunFileException {
        ObjectiveKind kind =
                o.constant(
                        "kind",
                        ObjectiveKind.CLASS_HEAD,
                        ObjectiveKind.values(),
                        ObjectiveKind::key);
        TaskPreset preset = preset(o);
        TaskPreset.Wording wording = wording(o, preset, kind);
        Map<String, String> labels = labels(o, kind, wording);
        String template = template(o, kind, wording, labels);
        double scale = o.number("logitScale", 10.0, 1e-3, 1e4);
        o.done();
        return new RunSpec.Objective(
                kind, labels, scale, parsed(o, kind, template, preset, ownColumns), preset);
    }

    private static TaskPreset preset(StrictObject o) throws RunFileException {
        return o.has("preset")
                ? TaskPreset.of(o.choice("preset", null, TaskPreset.ids().toArray(String[]::new)))
                : null;
    }

    /** The preset's template and words for this kind; null where there are none. */
    private static TaskPreset.Wording wording(StrictObject o, TaskPreset preset, ObjectiveKind kind)
            throws RunFileException {
        if (preset == null) {
            return null;
        }
        TaskPreset.Wording wording = wording(preset, kind);
        if (wording == null && !o.has("template")) {
            throw o.problem(
                    "preset",
                    "\"" + preset.id() + "\" has no wording for \"" + kind.key() + "\"",
                    "Write objective.template and objective.labels yourself, or use another kind.");
        }
        return wording;
    }

    private static TaskPreset.Wording wording(TaskPreset preset, ObjectiveKind kind) {
        return switch (kind) {
            case LABEL_WORD -> preset.masked();
            case ANSWER -> preset.answered();
            // A class head has no prompt; the words describe its classes all the same.
            case CLASS_HEAD -> preset.masked() != null ? preset.masked() : preset.answered();
        };
    }

    private static Map<String, String> labels(
            StrictObject o, ObjectiveKind kind, TaskPreset.Wording wording)
            throws RunFileException {
        Map<String, String> labels = new LinkedHashMap<>();
        if (o.has("labels") || wording == null && kind != ObjectiveKind.ANSWER) {
            StrictObject json = o.object("labels");
            for (Map.Entry<String, JsonNode> entry : json.node().properties()) {
                labels.put(entry.getKey(), json.text(entry.getKey(), null));
            }
        } else if (wording != null) {
            labels.putAll(wording.words());
        }
        boolean generation = kind == ObjectiveKind.ANSWER && labels.isEmpty() && !o.has("labels");
        if (!generation && (labels.size() < MIN_LABELS || labels.size() > MAX_LABELS)) {
            throw o.problem(
                    "labels",
                    "lists " + labels.size() + " labels",
                    "List 2 to 1000, each with a description: { \"ignore\": \"an advertisement"
                            + " nobody asked for\" }");
        }
        return Collections.unmodifiableMap(labels);
    }

    /** The template's text; null for a class head, which has none. */
    private static String template(
            StrictObject o,
            ObjectiveKind kind,
            TaskPreset.Wording wording,
            Map<String, String> labels)
            throws RunFileException {
        if (kind == ObjectiveKind.CLASS_HEAD) {
            if (o.has("template")) {
                throw o.problem(
                        "template",
                        "does not go with \"class-head\", which reads texts as they are",
                        "Take it out, or use the kind \"label-word\" or \"answer\".");
            }
            return null;
        }
        if (o.has("template")) {
            return o.text("template", null);
        }
        if (wording != null) {
            return wording.template();
        }
        // Where it is missing, the text's own refusal says so.
        return labels.isEmpty() ? PLAIN_ANSWER : o.text("template", null);
    }

    private static PromptTemplate parsed(
            StrictObject o,
            ObjectiveKind kind,
            String template,
            TaskPreset preset,
            Set<String> ownColumns)
            throws RunFileException {
        Set<String> names = new LinkedHashSet<>();
        names.add(Example.TEXT);
        names.add(Example.TEXT2);
        names.add("prompt");
        names.addAll(ownColumns);
        if (preset != null) {
            preset.columns().keySet().stream()
                    .filter(name -> !DataSpecReader.OTHER_ROLES.contains(name))
                    .forEach(names::add);
        }
        try {
            return switch (kind) {
                case CLASS_HEAD -> null;
                case LABEL_WORD -> PromptTemplate.masked(template, names);
                case ANSWER -> PromptTemplate.answered(template, names);
            };
        } catch (TemplateException e) {
            throw o.problem("template", e.getMessage(), e.hint());
        }
    }
}
