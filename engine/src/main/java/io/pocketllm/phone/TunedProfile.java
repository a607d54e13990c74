package io.pocketllm.phone;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.phone.PhoneException.Reason;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a finished run has learned, for other programs on a phone: the adapter's or head's weights,
 * the trajectory, and {@code tuned.json}, which says what they are. Its form is fixed by {@code
 * tuned-profile.schema.json}; docs/phones.md explains it.
 *
 * @param folder where it goes, below our folder
 * @param files {@code tuned.json} last, so that who finds it finds the rest
 */
public record TunedProfile(String folder, List<PhoneFile> files) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Puts it together.
     *
     * @throws PhoneException where the folder holds no finished run
     */
    public static TunedProfile of(RunFolder run) throws IOException, RunFileException {
        Event.Finished end = end(run);
        RunFile file = RunFile.read(run.runFile());
        String folder = "tuned/" + run.path().getFileName();
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", "urn:pocketllm:tuned-profile");
        root.put("version", 1);
        root.put("name", file.spec().name());
        String model = file.spec().model().path();
        root.put(
                "baseModel",
                model.startsWith("builtin:")
                        ? model.substring("builtin:".length())
                        : String.valueOf(Path.of(model).getFileName()));
        ObjectNode task = root.putObject("task");
        task.put("kind", file.spec().objective().kind().key());
        ArrayNode labels = task.putArray("labels");
        file.spec().objective().labels().keySet().forEach(labels::add);
        task.put("maxTokens", file.spec().data().maxTokens());
        ObjectNode training = root.putObject("training");
        training.put("method", file.spec().method().describe());
        training.put("space", file.spec().method().space().key());
        training.put("steps", end.step());
        training.put("seed", file.spec().seed());
        put(training, "validationLoss", end.loss());
        put(training, "validationAccuracy", end.accuracy());
        put(training, "testAccuracy", end.testAccuracy());
        List<PhoneFile> files = new ArrayList<>();
        ArrayNode list = root.putArray("files");
        add("trajectory", run.trajectory(), folder, files, list);
        if (Files.isDirectory(run.checkpoint())) {
            try (Stream<Path> weights = Files.list(run.checkpoint())) {
                for (Path each : weights.filter(Files::isRegularFile).sorted().toList()) {
                    add("weights", each, folder, files, list);
                }
            }
        }
        String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        files.add(PhoneFile.of(folder + "/tuned.json", json.getBytes(StandardCharsets.UTF_8)));
        return new TunedProfile(folder, List.copyOf(files));
    }

    private static Event.Finished end(RunFolder run) throws IOException {
        List<Event> events = run.readEvents();
        if (!events.isEmpty() && events.getLast() instanceof Event.Finished finished) {
            return finished;
        }
        throw new PhoneException(
                Reason.REFUSED,
                run.path() + " holds no finished run.",
                "Name the folder of a run that has finished, or a run file to send its model and data.");
    }

    private static void put(ObjectNode node, String key, Double value) {
        if (value == null || !Double.isFinite(value)) {
            node.putNull(key);
        } else {
            node.put(key, value);
        }
    }

    private static void add(
            String role, Path local, String folder, List<PhoneFile> files, ArrayNode list)
            throws IOException {
        if (!Files.isRegularFile(local)) {
            return;
        }
        String name = String.valueOf(local.getFileName());
        PhoneFile file = PhoneFile.of(folder + "/" + name, local);
        files.add(file);
        list.addObject()
                .put("role", role)
                .put("name", name)
                .put("sizeBytes", file.sizeBytes())
                .put("sha256", file.sha256());
    }
}
