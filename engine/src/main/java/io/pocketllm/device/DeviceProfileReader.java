package io.pocketllm.device;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.device.DeviceProfile.CoreCluster;
import io.pocketllm.device.DeviceProfile.ProcessKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the bytes of a profile file into a {@link DeviceProfile}, or says what is wrong with it.
 */
final class DeviceProfileReader {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    static final List<String> MEMORY_KINDS =
            List.of("LPDDR3", "LPDDR4", "LPDDR4X", "LPDDR5", "LPDDR5X", "LPDDR6", "other");

    private static final int MOST_CLUSTERS = 8;

    private DeviceProfileReader() {}

    /**
     * @param file name of the file, for messages
     */
    static DeviceProfile read(String file, byte[] bytes) throws DeviceProfileException {
        Map<String, String> sources = new LinkedHashMap<>();
        SourcedObject root = new SourcedObject(file, "", parse(file, bytes), sources);
        root.ignore("$schema");
        DeviceProfile profile =
                new DeviceProfile(
                        id(root),
                        root.text("name"),
                        root.texts("modelCodes"),
                        root.text("note"),
                        root.text("systemOnChip"),
                        root.integer(ProfileLimits.RAM_BYTES),
                        root.integer(ProfileLimits.USABLE_BYTES),
                        root.integer(ProfileLimits.IDLE_AVAILABLE_BYTES),
                        root.integer(ProfileLimits.BUDGET_BYTES),
                        clusters(file, root, sources),
                        memoryKind(root),
                        root.integer(ProfileLimits.BANDWIDTH),
                        root.integer(ProfileLimits.STORAGE),
                        (int) root.integer(ProfileLimits.BATTERY),
                        root.decimal(DecimalLimits.BATTERY_VOLTS),
                        root.decimal(DecimalLimits.IDLE_WATTS),
                        root.decimal(DecimalLimits.MEMORY_ENERGY),
                        ThermalReader.read(root.object("thermal")),
                        processKind(root),
                        stepTimeFactor(root, sources),
                        sources);
        root.refuseUnknownKeys();
        atMost(root, "usableBytes", profile.usableBytes(), "ramBytes", profile.ramBytes());
        atMost(root, "budgetBytes", profile.budgetBytes(), "usableBytes", profile.usableBytes());
        atMost(
                root,
                "idleAvailableBytes",
                profile.idleAvailableBytes(),
                "usableBytes",
                profile.usableBytes());
        return profile;
    }

    private static JsonNode parse(String file, byte[] bytes) throws DeviceProfileException {
        String remedy =
                "A profile is one JSON object; start from one that comes with the workbench.";
        try {
            JsonNode root = JSON.readTree(bytes);
            if (root == null || root.isMissingNode()) {
                throw new DeviceProfileException(file, "", "is empty", remedy);
            }
            return root;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ")";
            String why = e.getOriginalMessage().lines().findFirst().orElse("not readable");
            String clean = why.replaceAll("\\p{Cntrl}", "?");
            throw new DeviceProfileException(
                    file,
                    "",
                    "is not JSON"
                            + where
                            + ": "
                            + clean.substring(0, Math.min(200, clean.length())),
                    remedy);
        } catch (IOException e) {
            throw new DeviceProfileException(file, "", "is not JSON in UTF-8", remedy);
        }
    }

    private static String id(SourcedObject root) throws DeviceProfileException {
        String id = root.plainText("id");
        if (id.length() > 64 || !id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw root.refuse(
                    "id",
                    "is \"" + id.substring(0, Math.min(id.length(), 60)) + "\"",
                    "Allowed: at most 64 lower-case letters, digits and single dashes, such as"
                            + " redmi-12c.");
        }
        return id;
    }

    private static String memoryKind(SourcedObject root) throws DeviceProfileException {
        String kind = root.text("memoryKind");
        if (!MEMORY_KINDS.contains(kind)) {
            throw root.refuse(
                    "memoryKind.value",
                    "is \"" + kind.substring(0, Math.min(kind.length(), 60)) + "\"",
                    SimilarWord.question(kind, MEMORY_KINDS)
                            + "Allowed: "
                            + String.join(", ", MEMORY_KINDS)
                            + ".");
        }
        return kind;
    }

    private static ProcessKind processKind(SourcedObject root) throws DeviceProfileException {
        String kind = root.text("processKind");
        return switch (kind) {
            case "app" -> ProcessKind.APP;
            case "shell" -> ProcessKind.SHELL;
            default ->
                    throw root.refuse(
                            "processKind.value",
                            "is \"" + kind.substring(0, Math.min(kind.length(), 60)) + "\"",
                            "Allowed: app (an app in the foreground) or shell (started through adb"
                                    + " shell).");
        };
    }

    /** A key of its own time: profiles without it are older than it, or nobody measured. */
    private static double stepTimeFactor(SourcedObject root, Map<String, String> sources)
            throws DeviceProfileException {
        if (root.has(DeviceProfile.FACTOR)) {
            return root.decimal(DecimalLimits.STEP_TIME_FACTOR);
        }
        sources.put(DeviceProfile.FACTOR, DeviceProfile.FACTOR_NOT_MEASURED);
        return 1;
    }

    private static List<CoreCluster> clusters(
            String file, SourcedObject root, Map<String, String> sources)
            throws DeviceProfileException {
        JsonNode list = root.plain("clusters");
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_CLUSTERS) {
            throw root.refuse(
                    "clusters",
                    list.isArray() ? "has " + list.size() + " entries" : "is not a list",
                    "Allowed: a list of 1 to " + MOST_CLUSTERS + " clusters, fastest first.");
        }
        List<CoreCluster> clusters = new ArrayList<>();
        long previous = Long.MAX_VALUE;
        for (int i = 0; i < list.size(); i++) {
            SourcedObject node =
                    new SourcedObject(file, "clusters[" + i + "]", list.get(i), sources);
            CoreCluster cluster =
                    new CoreCluster(
                            node.text("kind"),
                            (int) node.integer(ProfileLimits.CORE_COUNT),
                            node.integer(ProfileLimits.CLOCK_HERTZ),
                            (int) node.integer(ProfileLimits.FLOPS_PER_CYCLE),
                            node.bool("little"),
                            node.decimal(DecimalLimits.CORE_WATTS));
            node.refuseUnknownKeys();
            long speed = cluster.clockHertz() * cluster.flopsPerCycle();
            if (speed > previous) {
                throw node.refuse(
                        "",
                        "is faster than the cluster before it",
                        "Put the fastest cluster first (clockHertz times flopsPerCycle).");
            }
            previous = speed;
            clusters.add(cluster);
        }
        return clusters;
    }

    private static void atMost(SourcedObject root, String key, long value, String whole, long limit)
            throws DeviceProfileException {
        if (value > limit) {
            throw root.refuse(
                    key + ".value",
                    "is " + value,
                    "Allowed: at most %s, which is %d. Correct whichever of the two is wrong."
                            .formatted(whole, limit));
        }
    }
}
