package io.pocketllm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.run.MeanAndDeviation;
import io.pocketllm.run.sweep.Combination;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.SweepEnd;
import io.pocketllm.run.sweep.SweepFile;
import io.pocketllm.run.sweep.SweepFolder;
import io.pocketllm.run.sweep.SweepResults;
import io.pocketllm.run.sweep.TooLarge;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sweep's plan and its results as one JSON object. A figure that is not known is null. */
final class SweepJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private SweepJson() {}

    static String plan(
            SweepFile file, List<Combination> runs, Map<Combination, TooLarge> tooLarge) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("name", file.spec().name());
        root.put("combinations", file.combinations().size());
        ArrayNode rows = root.putArray("runs");
        for (Combination run : runs) {
            ObjectNode row = rows.addObject();
            row.put("run", run.folderName());
            row.set("settings", settings(run.settings()));
            TooLarge why = tooLarge.get(run);
            row.put("skipped", why != null);
            if (why != null) {
                row.put("plannedBytes", why.plannedBytes());
                row.put("budgetBytes", why.budgetBytes());
            }
        }
        return root.toString();
    }

    static String results(SweepFolder folder, SweepEnd end, SweepResults results) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("name", folder.file().spec().name());
        root.put("folder", folder.path().toString());
        root.put("end", end.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        root.put("goal", results.goal().key());
        root.put("best", results.best().map(run -> run.combination().folderName()).orElse(null));
        ArrayNode rows = root.putArray("runs");
        for (RunResult run : results.runs()) {
            ObjectNode row = rows.addObject();
            row.put("run", run.combination().folderName());
            row.set("settings", settings(run.combination().settings()));
            row.put("state", run.state().words());
            row.put("step", run.step());
            row.put("loss", known(run.loss()));
            row.put("accuracy", known(run.accuracy()));
            row.put("testAccuracy", known(run.testAccuracy()));
            row.put("peakRssBytes", run.peakRssBytes() == 0 ? null : run.peakRssBytes());
            row.put("elapsedMillis", run.elapsedMillis());
            row.put("why", run.why().isEmpty() ? null : run.why());
        }
        ArrayNode groups = root.putArray("groups");
        for (var group : results.groups()) {
            MeanAndDeviation accuracy = group.over(RunResult::accuracy);
            MeanAndDeviation loss = group.over(RunResult::loss);
            ObjectNode row = groups.addObject();
            row.set("settings", settings(group.settings()));
            row.put("runs", group.runs());
            row.put("finished", group.finished().size());
            row.put("accuracyMean", known(accuracy.mean()));
            row.put("accuracyDeviation", known(accuracy.deviation()));
            row.put("lossMean", known(loss.mean()));
            row.put("lossDeviation", known(loss.deviation()));
        }
        return root.toString();
    }

    private static ObjectNode settings(Map<String, JsonNode> settings) {
        ObjectNode node = MAPPER.createObjectNode();
        settings.forEach(node::set);
        return node;
    }

    /** JSON has no NaN. */
    private static Double known(double figure) {
        return Double.isFinite(figure) ? figure : null;
    }
}
