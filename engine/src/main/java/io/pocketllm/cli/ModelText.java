package io.pocketllm.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.run.ModelSummaries;
import io.pocketllm.run.ModelSummary;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model's summary as text for a terminal and as JSON. What its file does not tell is left out.
 */
final class ModelText {

    private final StringBuilder text = new StringBuilder();

    private ModelText() {}

    /** One fact a line. */
    static String lines(ModelSummaries.Inspection inspection) {
        ModelText lines = new ModelText();
        lines.add(inspection);
        return lines.text.toString();
    }

    private void add(ModelSummaries.Inspection inspection) {
        ModelSummary model = inspection.summary();
        ModelInfo info = model.info();
        text.append(model.name()).append(" (").append(model.path()).append(")\n");
        line("architecture", info.architecture() + ", " + lower(info.kind()));
        count("layers", info.layers());
        line(
                "hidden size",
                info.hiddenSize()
                        + (info.stateSize() == info.hiddenSize()
                                ? ""
                                : ", " + info.stateSize() + " after the last layer"));
        if (info.heads() > 0) {
            String groups =
                    info.keyValueHeads() == info.heads()
                            ? ""
                            : ", " + info.keyValueHeads() + " for keys and values";
            line("heads", info.heads() + " of size " + info.headSize() + groups);
        }
        if (!info.headsByLayer().isEmpty()) {
            line(
                    "  by layer",
                    String.join(" ", info.headsByLayer().stream().map(String::valueOf).toList()));
        }
        count("feed-forward", info.feedForwardSize());
        count("vocabulary", info.vocabularySize());
        if (info.contextLength() > 0) {
            line("context", format("%,d tokens", info.contextLength()));
        }
        line("parameters", format("%,d", info.parameters()));
        for (Map.Entry<String, Long> part : info.parametersByPart().entrySet()) {
            line("  " + part.getKey(), format("%,d", part.getValue()));
        }
        for (List<String> names : info.tied()) {
            line("one tensor", String.join(" = ", names));
        }
        line("stored as", lower(info.dtype()));
        line("weights in memory", megabytes(model.weightBytes()) + ", mapped from the file");
        line("  space \"full\"", megabytes(model.fp32Bytes()) + " more, the fp32 copy that moves");
        line("objectives", String.join(", ", model.objectives()));
        line("spaces", String.join(", ", inspection.spaces()));
    }

    private void count(String name, int value) {
        if (value > 0) {
            line(name, format("%,d", value));
        }
    }

    private void line(String name, String value) {
        text.append(format("%-18s %s\n", name, value));
    }

    /** The same as JSON; null where the file does not tell. */
    static String json(ModelSummaries.Inspection inspection) {
        ModelSummary model = inspection.summary();
        ModelInfo info = model.info();
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("name", model.name());
        root.put("path", model.path());
        root.put("architecture", info.architecture());
        root.put("kind", lower(info.kind()));
        root.put("layers", known(info.layers()));
        root.put("hiddenSize", known(info.hiddenSize()));
        root.put("stateSize", known(info.stateSize()));
        root.put("heads", known(info.heads()));
        root.put("keyValueHeads", known(info.keyValueHeads()));
        info.headsByLayer().forEach(root.putArray("headsByLayer")::add);
        root.put("headSize", known(info.headSize()));
        root.put("feedForwardSize", known(info.feedForwardSize()));
        root.put("vocabularySize", known(info.vocabularySize()));
        root.put("contextTokens", known(info.contextLength()));
        root.put("dtype", lower(info.dtype()));
        root.put("parameters", info.parameters());
        ObjectNode parts = root.putObject("parametersByPart");
        info.parametersByPart().forEach(parts::put);
        ArrayNode tied = root.putArray("tied");
        for (List<String> names : info.tied()) {
            names.forEach(tied.addArray()::add);
        }
        root.put("weightBytes", model.weightBytes());
        root.put("fullSpaceBytes", model.fp32Bytes());
        model.objectives().forEach(root.putArray("objectives")::add);
        inspection.spaces().forEach(root.putArray("spaces")::add);
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object node is always JSON", e);
        }
    }

    private static Integer known(int size) {
        return size == 0 ? null : size;
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static String megabytes(long bytes) {
        return format("%,.1f MB", bytes / 1e6);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
