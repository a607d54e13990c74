package io.pocketllm.phone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns a reading into a device profile, the JSON of {@code device-profile.schema.json}. A profile
 * must have every value: what the phone did not tell comes from the profile of the same model, from
 * a table, or from a rule, and its source says which.
 */
public final class PhoneProfile {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String READ = "read over adb";
    private static final long GIB = 1L << 30;
    private static final int[] SOLD_GIB = {1, 2, 3, 4, 6, 8, 12, 16, 18, 24, 32};

    private final PhoneReading reading;
    private final Optional<DeviceProfile> known;
    private final Optional<ChipTable> chip;
    private final ObjectNode root = JSON.createObjectNode();

    private PhoneProfile(PhoneReading reading) {
        this.reading = reading;
        this.known =
                DeviceCatalogue.builtin().stream()
                        .filter(p -> p.modelCodes().contains(reading.model().value()))
                        .findFirst();
        this.chip =
                reading.chip().isTold() ? ChipTable.of(reading.chip().value()) : Optional.empty();
    }

    /**
     * The profile's text, to be kept as {@code ID.json} and read by {@link DeviceCatalogue#read}.
     *
     * @throws PhoneException where the phone hides what no profile can do without: its memory or
     *     its cores
     */
    public static String json(PhoneReading reading) throws PhoneException {
        return new PhoneProfile(reading).write();
    }

    /** A chip's own number with its name, such as "Dimensity 900 (MT6877)", where it is known. */
    public static String chipName(String number) {
        return ChipTable.of(number).map(chip -> chip.name() + " (" + number + ")").orElse(number);
    }

    /** The same; empty where the phone hides too much: a run then keeps its own device. */
    public static Optional<String> ifTold(PhoneReading reading) {
        try {
            return Optional.of(json(reading));
        } catch (PhoneException e) {
            return Optional.empty();
        }
    }

    /** The profile's id: {@code phone-} and the model. */
    public static String id(PhoneReading reading) {
        String model = reading.model().isTold() ? reading.model().value() : "unknown";
        String slug =
                model.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+|-+$", "");
        String cut = slug.substring(0, Math.min(slug.length(), 50)).replaceAll("-+$", "");
        return "phone-" + (cut.isEmpty() ? "unknown" : cut);
    }

    private String write() throws PhoneException {
        long memory = need(reading.memoryBytes(), "how much memory it has");
        List<PhoneReading.Cluster> clusters = need(reading.clusters(), "which cores it has");
        String model = reading.model().isTold() ? reading.model().value() : "unknown model";
        String maker = reading.maker().isTold() ? reading.maker().value() + " " : "";
        root.put("id", id(reading));
        put("name", known.map(DeviceProfile::name).orElse(maker + model), READ);
        ArrayNode codes = sourced("modelCodes", READ).putArray("value");
        codes.add(model);
        put(
                "note",
                "Read from the phone over adb; each value says whether the phone told it.",
                READ);
        chipName();
        put("ramBytes", sold(memory), "estimated by rule: the next size phones are sold with");
        put("usableBytes", memory, READ);
        long available =
                reading.availableBytes().isTold() ? reading.availableBytes().value() : memory / 3;
        put(
                "idleAvailableBytes",
                Math.min(available, memory),
                reading.availableBytes().isTold()
                        ? READ + ", as it was in use then"
                        : "estimated by rule: a third of MemTotal; "
                                + reading.availableBytes().reason());
        budget(memory, available);
        ArrayNode list = root.putArray("clusters");
        for (PhoneReading.Cluster cluster : clusters) {
            cluster(list.addObject(), cluster, clusters);
        }
        sortFastestFirst(list);
        bandwidth();
        battery();
        new UntoldValues(known).addTo(root);
        put("processKind", "shell", "chosen: the engine is started through adb shell");
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree always prints", e);
        }
    }

    private static <T> T need(Told<T> told, String what) throws PhoneException {
        if (!told.isTold()) {
            throw new PhoneException(
                    PhoneException.Reason.UNFIT,
                    "The phone does not tell " + what + ": " + told.reason() + ".",
                    "Copy the profile of a similar phone (docs/devices.md says how).");
        }
        return told.value();
    }

    private void chipName() {
        String number = reading.chip().isTold() ? reading.chip().value() : "unknown";
        put(
                "systemOnChip",
                chip.map(ChipTable::name).orElse(number),
                chip.isPresent()
                        ? "read over adb as " + number + "; its name from memory"
                        : reading.chip().isTold() ? READ : reading.chip().reason());
    }

    private static long sold(long memory) {
        for (int size : SOLD_GIB) {
            if (size * GIB >= memory) {
                return size * GIB;
            }
        }
        return memory;
    }

    private void budget(long memory, long available) {
        double share = memory > 7 * GIB ? 0.5 : 0.375;
        long budget = Math.max(1 << 20, (long) Math.min(0.9 * available, share * memory));
        put(
                "budgetBytes",
                budget,
                String.format(
                        Locale.ROOT,
                        "estimated by rule: the smaller of 90 %% of MemAvailable and %.1f %% of MemTotal",
                        100 * share));
    }

    private void cluster(
            ObjectNode node, PhoneReading.Cluster cluster, List<PhoneReading.Cluster> all)
            throws PhoneException {
        CoreKind core = cluster.core();
        long clock = need(cluster.clockHertz(), "the clock of its cores");
        boolean known = core.flopsPerCycle() > 0;
        boolean slowest = cluster == all.getLast() && all.size() > 1;
        put(node, "kind", core.name(), known ? READ : READ + "; this core is not in the table");
        put(node, "count", cluster.count(), READ);
        put(node, "clockHertz", clock, READ);
        put(
                node,
                "flopsPerCycle",
                known ? core.flopsPerCycle() : slowest ? 8 : 16,
                known
                        ? "estimated by rule: FP32 multiply-add peak of this core (from memory)"
                        : "estimated by rule: 16 for a core that is not known, 8 in the slowest group");
        put(
                node,
                "little",
                known ? core.little() && all.size() > 1 : slowest,
                "estimated by rule: an efficiency core beside faster ones");
        UntoldValues.watts(node, core.name(), clock, node.at("/little/value").asBoolean());
    }

    /** The reader of profiles asks for it; equal cores of unknown kind may come in any order. */
    private static void sortFastestFirst(ArrayNode list) {
        List<ObjectNode> nodes = new ArrayList<>();
        list.forEach(node -> nodes.add((ObjectNode) node));
        nodes.sort(
                Comparator.comparingLong(
                                (ObjectNode n) ->
                                        n.at("/clockHertz/value").asLong()
                                                * n.at("/flopsPerCycle/value").asLong())
                        .reversed());
        list.removeAll();
        list.addAll(nodes);
    }

    private void bandwidth() {
        if (known.isPresent()) {
            put(
                    "memoryBandwidthBytesPerSecond",
                    known.get().memoryBandwidthBytesPerSecond(),
                    "the profile " + known.get().id() + ", same model; a phone does not tell it");
        } else if (chip.isPresent()) {
            put(
                    "memoryBandwidthBytesPerSecond",
                    chip.get().bandwidthBytesPerSecond(),
                    "from memory: peak of phones with this chip; a phone does not tell it");
        } else {
            put(
                    "memoryBandwidthBytesPerSecond",
                    13_400_000_000L,
                    "estimated by rule: the slowest memory of the table, since this chip is not in it");
        }
    }

    private void battery() {
        if (reading.batteryMilliampereHours().isTold()) {
            put("batteryMilliampereHours", reading.batteryMilliampereHours().value(), READ);
        } else {
            String why = "; " + reading.batteryMilliampereHours().reason();
            put(
                    "batteryMilliampereHours",
                    known.map(DeviceProfile::batteryMilliampereHours).orElse(4500),
                    known.map(k -> "the profile " + k.id() + ", same model")
                                    .orElse("estimated by rule: most phones have 4000 to 5000")
                            + why);
        }
    }

    private ObjectNode sourced(String key, String source) {
        return root.putObject(key).put("source", source);
    }

    private void put(String key, String value, String source) {
        put(root, key, value, source);
    }

    private void put(String key, long value, String source) {
        put(root, key, value, source);
    }

    private static void put(ObjectNode node, String key, String value, String source) {
        node.putObject(key).put("value", value).put("source", source);
    }

    private static void put(ObjectNode node, String key, long value, String source) {
        node.putObject(key).put("value", value).put("source", source);
    }

    private static void put(ObjectNode node, String key, boolean value, String source) {
        node.putObject(key).put("value", value).put("source", source);
    }
}
