package io.pocketllm.app.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.device.SourceKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of a device profile that a person may change.
 *
 * @param key its path in the profile, such as {@code clusters[0].clockHertz}
 */
public record ProfileField(String key) {

    /** What a value's source says once a person typed it: it is taken as estimated. */
    public static final String TYPED = "chosen by hand in the workbench";

    private static final List<String> PLAIN =
            List.of(
                    "name",
                    "systemOnChip",
                    "ramBytes",
                    "usableBytes",
                    "idleAvailableBytes",
                    "budgetBytes",
                    "memoryBandwidthBytesPerSecond",
                    "storageReadBytesPerSecond",
                    "batteryMilliampereHours",
                    "batteryNominalVolts",
                    "idleWatts",
                    "memoryPicojoulesPerByte",
                    "thermal.conductanceWattsPerKelvin",
                    "thermal.heatCapacityJoulesPerKelvin",
                    "thermal.skinLimitCelsius",
                    "processKind",
                    "stepTimeFactor");

    private static final List<String> OF_A_CLUSTER =
            List.of("kind", "count", "clockHertz", "flopsPerCycle", "wattsAtTopClock");

    /** The values of a profile, in its order. */
    static List<ProfileField> of(JsonNode profile) {
        List<ProfileField> fields = new ArrayList<>();
        PLAIN.forEach(key -> fields.add(new ProfileField(key)));
        for (int i = 0; i < profile.path("clusters").size(); i++) {
            for (String key : OF_A_CLUSTER) {
                fields.add(new ProfileField("clusters[" + i + "]." + key));
            }
        }
        return fields;
    }

    /** Its value as text. */
    String value(JsonNode profile) {
        return parent(profile).path(last()).path("value").asText();
    }

    /** Who says so. */
    public String source(JsonNode profile) {
        return parent(profile).path(last()).path("source").asText();
    }

    /** Whether the value is to be shown as estimated. */
    public boolean isEstimated(JsonNode profile) {
        return SourceKind.of(source(profile)) == SourceKind.ESTIMATED;
    }

    /** Sets the value to what was typed: a number where it reads as one. */
    void set(JsonNode profile, String typed) {
        ObjectNode pair = ((ObjectNode) parent(profile)).putObject(last());
        pair.set("value", node(typed.strip()));
        pair.put("source", TYPED);
    }

    private static JsonNode node(String typed) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        String number = typed.replaceAll("(?<=\\d)[ ,_](?=\\d{3})", "");
        try {
            return nodes.numberNode(Long.parseLong(number));
        } catch (NumberFormatException whole) {
            try {
                double decimal = Double.parseDouble(number);
                return Double.isFinite(decimal) ? nodes.numberNode(decimal) : nodes.textNode(typed);
            } catch (NumberFormatException none) {
                return nodes.textNode(typed);
            }
        }
    }

    private String last() {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private JsonNode parent(JsonNode profile) {
        if (!key.contains(".")) {
            return profile;
        }
        String path = key.substring(0, key.lastIndexOf('.'));
        return path.startsWith("clusters[")
                ? profile.path("clusters")
                        .path(Integer.parseInt(path.substring(9, path.length() - 1)))
                : profile.path(path);
    }
}
