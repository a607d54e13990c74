package io.pocketllm.phone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import java.util.Optional;

/**
 * What no phone tells over adb and a profile must have all the same: power, heat, kind of memory
 * and speed of storage. They come from the built-in profile of the same model, or from a
 * middle-class phone's, and say so.
 */
final class UntoldValues {

    /** A middle-class phone of which most is known. */
    private static final String TYPICAL = "oppo-reno6-5g";

    private static final double BIG_WATTS = 1.2;
    private static final double LITTLE_WATTS = 0.4;

    private final DeviceProfile from;
    private final String source;

    UntoldValues(Optional<DeviceProfile> sameModel) {
        from =
                sameModel.orElseGet(
                        () ->
                                DeviceCatalogue.builtin().stream()
                                        .filter(p -> p.id().equals(TYPICAL))
                                        .findFirst()
                                        .orElseThrow());
        source =
                sameModel.isPresent()
                        ? "the profile " + from.id() + ", same model; a phone does not tell it"
                        : "estimated by rule: as the profile "
                                + TYPICAL
                                + "; a phone does not tell it";
    }

    /** Adds them to a profile. */
    void addTo(ObjectNode root) {
        root.putObject("memoryKind").put("value", from.memoryKind()).put("source", source);
        root.putObject("storageReadBytesPerSecond")
                .put("value", from.storageReadBytesPerSecond())
                .put("source", source);
        number(root, "batteryNominalVolts", from.batteryNominalVolts());
        number(root, "idleWatts", from.idleWatts());
        number(root, "memoryPicojoulesPerByte", from.memoryPicojoulesPerByte());
        ObjectNode thermal = root.putObject("thermal");
        number(thermal, "conductanceWattsPerKelvin", from.thermal().conductanceWattsPerKelvin());
        number(
                thermal,
                "heatCapacityJoulesPerKelvin",
                from.thermal().heatCapacityJoulesPerKelvin());
        number(thermal, "skinLimitCelsius", from.thermal().skinLimitCelsius());
        ArrayNode steps =
                thermal.putObject("throttleSteps").put("source", source).putArray("value");
        for (DeviceProfile.ThrottleStep step : from.thermal().throttleSteps()) {
            steps.addObject()
                    .put("hotCelsius", step.hotCelsius())
                    .put("coolCelsius", step.coolCelsius())
                    .put("clockFraction", step.clockFraction());
        }
    }

    private void number(ObjectNode node, String key, double value) {
        node.putObject(key).put("value", value).put("source", source);
    }

    /**
     * What a busy core draws: that of a core of the same kind in a built-in profile, by the cube of
     * the clock; else that of a big or a little core.
     */
    static void watts(ObjectNode cluster, String kind, long clockHertz, boolean little) {
        Optional<DeviceProfile.CoreCluster> same =
                DeviceCatalogue.builtin().stream()
                        .flatMap(p -> p.clusters().stream())
                        .filter(c -> c.kind().equals(kind))
                        .findFirst();
        double watts =
                same.map(
                                c ->
                                        c.wattsAtTopClock()
                                                * Math.pow((double) clockHertz / c.clockHertz(), 3))
                        .orElse(little ? LITTLE_WATTS : BIG_WATTS);
        cluster.putObject("wattsAtTopClock")
                .put("value", Math.round(1000 * watts) / 1000.0)
                .put(
                        "source",
                        same.isPresent()
                                ? "estimated by rule: a core of this kind in a built-in profile, by"
                                        + " the cube of the clock"
                                : "estimated by rule: a "
                                        + (little ? "little" : "big")
                                        + " core of a middle-class phone");
    }
}
