package io.pocketllm.app.setup;

import io.pocketllm.app.text.Units;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.run.ModelSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One line about a model.
 *
 * @param name what is told
 * @param value what it is
 */
public record ModelFacts(String name, String value) {

    private static final int MOST_TIED = 3;

    /** Everything the card tells; what the file does not say is left out. */
    public static List<ModelFacts> of(ModelSummary summary) {
        ModelInfo info = summary.info();
        List<ModelFacts> facts = new ArrayList<>();
        facts.add(new ModelFacts("architecture", info.architecture() + ", " + kind(info)));
        count(facts, "layers", info.layers());
        count(facts, "hidden size", info.hiddenSize());
        if (info.heads() > 0) {
            facts.add(new ModelFacts("heads", heads(info)));
        }
        facts.add(new ModelFacts("parameters", Units.count(info.parameters())));
        info.parametersByPart()
                .forEach(
                        (part, number) -> {
                            if (number > 0) {
                                facts.add(new ModelFacts("· " + part, Units.count(number)));
                            }
                        });
        facts.add(new ModelFacts("stored as", dtype(info)));
        facts.add(new ModelFacts("weights", Units.megabytes(summary.weightBytes())));
        facts.add(new ModelFacts("tied", tied(info)));
        count(facts, "vocabulary", info.vocabularySize());
        count(facts, "context", info.contextLength());
        facts.add(new ModelFacts("objectives", String.join(", ", summary.objectives())));
        return List.copyOf(facts);
    }

    /** Such as "opt decoder, 12 layers, 125.2 M parameters, fp16 · 250 MB". */
    public static String line(ModelSummary summary) {
        ModelInfo info = summary.info();
        return String.join(
                        ", ",
                        (info.architecture().equals("onnx") ? "" : info.architecture() + " ")
                                + kind(info),
                        info.layers() > 0
                                ? Units.plural(info.layers(), "layer")
                                : "hidden size " + info.hiddenSize(),
                        Units.count(info.parameters()) + " parameters")
                + " · "
                + dtype(info)
                + ", "
                + Units.megabytes(summary.weightBytes());
    }

    private static void count(List<ModelFacts> facts, String name, int number) {
        if (number > 0) {
            facts.add(new ModelFacts(name, String.format(Locale.ROOT, "%,d", number)));
        }
    }

    private static String kind(ModelInfo info) {
        return info.kind() == ModelInfo.Kind.ENCODER ? "encoder" : "decoder";
    }

    private static String heads(ModelInfo info) {
        String size = info.headSize() > 0 ? " of " + info.headSize() : "";
        boolean grouped = info.keyValueHeads() > 0 && info.keyValueHeads() != info.heads();
        return info.heads() + size + (grouped ? ", " + info.keyValueHeads() + " for keys" : "");
    }

    private static String dtype(ModelInfo info) {
        return switch (info.dtype()) {
            case F32 -> "fp32";
            case F16 -> "fp16";
            default -> info.dtype().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String tied(ModelInfo info) {
        if (info.tied().isEmpty()) {
            return "none";
        }
        String first =
                info.tied().stream()
                        .limit(MOST_TIED)
                        .map(group -> String.join(" = ", group))
                        .collect(Collectors.joining("\n"));
        int more = info.tied().size() - MOST_TIED;
        return more > 0 ? first + "\nand " + Units.plural(more, "group") + " more" : first;
    }
}
