package io.pocketllm.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.device.DeviceProfile.CoreCluster;
import io.pocketllm.device.DeviceProfile.ThrottleStep;
import java.util.Locale;

/** Writes a profile as the JSON that {@link DeviceCatalogue#read} takes: the way back. */
public final class DeviceProfileWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NO_SOURCE = "not said";

    private final DeviceProfile profile;

    private DeviceProfileWriter(DeviceProfile profile) {
        this.profile = profile;
    }

    /** The profile as indented JSON with a line feed at its end. */
    public static String json(DeviceProfile profile) {
        ObjectNode root = new DeviceProfileWriter(profile).root();
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        try {
            return new ObjectMapper()
                            .writer(new DefaultPrettyPrinter().withObjectIndenter(indent))
                            .writeValueAsString(root)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode root() {
        ObjectNode root = NODES.objectNode();
        root.put("$schema", "device-profile.schema.json").put("id", profile.id());
        text(root, "name", profile.name());
        ArrayNode codes = NODES.arrayNode();
        profile.modelCodes().forEach(codes::add);
        put(root, "", "modelCodes", codes);
        text(root, "note", profile.note());
        text(root, "systemOnChip", profile.systemOnChip());
        whole(root, "ramBytes", profile.ramBytes());
        whole(root, "usableBytes", profile.usableBytes());
        whole(root, "idleAvailableBytes", profile.idleAvailableBytes());
        whole(root, "budgetBytes", profile.budgetBytes());
        ArrayNode clusters = root.putArray("clusters");
        for (int i = 0; i < profile.clusters().size(); i++) {
            clusters.add(cluster("clusters[" + i + "].", profile.clusters().get(i)));
        }
        text(root, "memoryKind", profile.memoryKind());
        whole(root, "memoryBandwidthBytesPerSecond", profile.memoryBandwidthBytesPerSecond());
        whole(root, "storageReadBytesPerSecond", profile.storageReadBytesPerSecond());
        whole(root, "batteryMilliampereHours", profile.batteryMilliampereHours());
        decimal(root, "", "batteryNominalVolts", profile.batteryNominalVolts());
        decimal(root, "", "idleWatts", profile.idleWatts());
        decimal(root, "", "memoryPicojoulesPerByte", profile.memoryPicojoulesPerByte());
        root.set("thermal", thermal(profile.thermal()));
        text(root, "processKind", profile.processKind().name().toLowerCase(Locale.ROOT));
        decimal(root, "", DeviceProfile.FACTOR, profile.stepTimeFactor());
        return root;
    }

    private ObjectNode cluster(String path, CoreCluster cluster) {
        ObjectNode node = NODES.objectNode();
        put(node, path, "kind", NODES.textNode(cluster.kind()));
        put(node, path, "count", NODES.numberNode(cluster.count()));
        put(node, path, "clockHertz", NODES.numberNode(cluster.clockHertz()));
        put(node, path, "flopsPerCycle", NODES.numberNode(cluster.flopsPerCycle()));
        put(node, path, "little", NODES.booleanNode(cluster.little()));
        decimal(node, path, "wattsAtTopClock", cluster.wattsAtTopClock());
        return node;
    }

    private ObjectNode thermal(DeviceProfile.Thermal thermal) {
        ObjectNode node = NODES.objectNode();
        String path = "thermal.";
        decimal(node, path, "conductanceWattsPerKelvin", thermal.conductanceWattsPerKelvin());
        decimal(node, path, "heatCapacityJoulesPerKelvin", thermal.heatCapacityJoulesPerKelvin());
        decimal(node, path, "skinLimitCelsius", thermal.skinLimitCelsius());
        ArrayNode steps = NODES.arrayNode();
        for (ThrottleStep step : thermal.throttleSteps()) {
            steps.addObject()
                    .put("hotCelsius", step.hotCelsius())
                    .put("coolCelsius", step.coolCelsius())
                    .put("clockFraction", step.clockFraction());
        }
        put(node, path, "throttleSteps", steps);
        return node;
    }

    private void text(ObjectNode node, String key, String value) {
        put(node, "", key, NODES.textNode(value));
    }

    private void whole(ObjectNode node, String key, long value) {
        put(node, "", key, NODES.numberNode(value));
    }

    private void decimal(ObjectNode node, String path, String key, double value) {
        put(node, path, key, NODES.numberNode(value));
    }

    private void put(ObjectNode node, String path, String key, JsonNode value) {
        node.putObject(key)
                .<ObjectNode>set("value", value)
                .put("source", profile.sources().getOrDefault(path + key, NO_SOURCE));
    }
}
