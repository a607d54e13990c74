package io.pocketllm.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.objective.Importance;
import io.pocketllm.objective.PruningLoss.Measured;
import io.pocketllm.run.PruningReport;
import io.pocketllm.run.PruningReport.Measure;
import io.pocketllm.run.PruningReport.Size;
import java.util.List;
import java.util.Locale;

/** What was pruned, as text for a terminal and as JSON. */
final class PruningText {

    private static final int MAX_SHOWN = 24;

    private final StringBuilder text = new StringBuilder();

    private PruningText() {}

    static String lines(PruningReport report) {
        PruningText lines = new PruningText();
        lines.add(report);
        return lines.text.toString();
    }

    private void add(PruningReport report) {
        line("written", report.out().toString());
        Size before = report.before();
        Size after = report.after();
        line("layers", change("%,d", before.layers(), after.layers()));
        line("heads", change("%,d", before.heads(), after.heads()));
        line("parameters", change("%,d", before.parameters(), after.parameters()));
        line("weights", change("%,.1f MB", before.weightBytes() / 1e6, after.weightBytes() / 1e6));
        if (report.zeroed() > 0) {
            line(
                    "set to zero",
                    format(
                            "%,d weights, %.1f %% of all",
                            report.zeroed(), 100.0 * report.zeroed() / after.parameters()));
        }
        report.measure().ifPresent(this::add);
        if (!report.removedLayers().isEmpty()) {
            line(
                    "removed layers",
                    shortened(
                            report.removedLayers().stream()
                                    .map(l -> format("%d (%+.4g)", l.layer(), l.rise()))
                                    .toList()));
        }
        if (!report.removedHeads().isEmpty()) {
            line(
                    "removed heads",
                    shortened(
                            report.removedHeads().stream()
                                    .map(
                                            h ->
                                                    format(
                                                            "%d.%d (%+.4g)",
                                                            h.layer(), h.head(), h.rise()))
                                    .toList()));
        }
        if (transformersCannotRead(report)) {
            text.append(
                    "Only this program reads an OPT model with heads removed; the transformers"
                            + " library does not know its key pruned_heads.\n");
        }
    }

    private void add(Measure measure) {
        boolean loss = measure.kind().equals("zero-shot-loss");
        line(
                loss ? "zero-shot loss" : "hidden states",
                loss
                        ? change("%.4f", measure.before().loss(), measure.after().loss())
                                + format(" nats, %d texts", measure.texts())
                        : format(
                                "changed by %.4f of their length, %d texts",
                                measure.after().loss(), measure.texts()));
        if (measure.before().accuracy() != null) {
            line(
                    "accuracy",
                    change("%.3f", measure.before().accuracy(), measure.after().accuracy()));
        }
    }

    private static boolean transformersCannotRead(PruningReport report) {
        return report.architecture().equals("opt") && !report.removedHeads().isEmpty();
    }

    private static String shortened(List<String> items) {
        return items.size() <= MAX_SHOWN
                ? String.join(", ", items)
                : String.join(", ", items.subList(0, MAX_SHOWN))
                        + format(" and %d more", items.size() - MAX_SHOWN);
    }

    private static String change(String pattern, Object before, Object after) {
        String then = format(pattern, before);
        String now = format(pattern, after);
        return then.equals(now) ? now : then + " -> " + now;
    }

    private void line(String name, String value) {
        text.append(format("%-15s %s\n", name, value));
    }

    /** The same with every importance that was measured; JSON has no infinity, so null. */
    static String json(PruningReport report) {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("out", report.out().toString());
        root.put("architecture", report.architecture());
        size(root.putObject("before"), report.before());
        size(root.putObject("after"), report.after());
        root.put("zeroedWeights", report.zeroed());
        layers(root.putArray("removedLayers"), report.removedLayers());
        layers(root.putArray("layerImportance"), report.layerImportance());
        heads(root.putArray("removedHeads"), report.removedHeads());
        heads(root.putArray("headImportance"), report.headImportance());
        if (report.measure().isPresent()) {
            Measure measure = report.measure().get();
            ObjectNode node = root.putObject("measure");
            node.put("kind", measure.kind());
            node.put("texts", measure.texts());
            measured(node.putObject("before"), measure.before());
            measured(node.putObject("after"), measure.after());
        }
        try {
            return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object node is always JSON", e);
        }
    }

    private static void size(ObjectNode node, Size size) {
        node.put("layers", size.layers());
        node.put("heads", size.heads());
        node.put("parameters", size.parameters());
        node.put("weightBytes", size.weightBytes());
    }

    private static void measured(ObjectNode node, Measured measured) {
        node.put("loss", finite(measured.loss()));
        node.put("accuracy", measured.accuracy());
    }

    private static void layers(ArrayNode list, List<Importance.Layer> layers) {
        for (Importance.Layer layer : layers) {
            list.addObject().put("layer", layer.layer()).put("rise", finite(layer.rise()));
        }
    }

    private static void heads(ArrayNode list, List<Importance.Head> heads) {
        for (Importance.Head head : heads) {
            list.addObject()
                    .put("layer", head.layer())
                    .put("head", head.head())
                    .put("rise", finite(head.rise()));
        }
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
