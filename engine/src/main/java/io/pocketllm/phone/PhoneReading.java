package io.pocketllm.phone;

import java.util.List;
import java.util.Map;

/**
 * What a phone told about itself at one moment. Nothing here is guessed: what was denied or absent
 * has no value and says so.
 *
 * @param model {@code ro.product.model}, a code such as CPH2251
 * @param maker such as OPPO
 * @param chip the chip's own number, such as MT6877
 * @param androidRelease such as 13
 * @param abi the 64-bit instruction set, such as arm64-v8a; missing on a 32-bit system
 * @param memoryBytes MemTotal
 * @param availableBytes MemAvailable now
 * @param swapBytes SwapTotal
 * @param clusters groups of equal cores, fastest first
 * @param batteryPercent charge, 0 to 100
 * @param batteryCelsius temperature of the battery
 * @param plugged whether it charges, over whatever
 * @param batteryMilliampereHours a full charge, as the phone counts it
 * @param thermalStatus Android's 0 (none) to 6 (shutdown)
 * @param temperatures name to degrees Celsius, as the thermal service calls them
 * @param freeBytes free where our folder is
 */
public record PhoneReading(
        Told<String> model,
        Told<String> maker,
        Told<String> chip,
        Told<String> androidRelease,
        Told<String> abi,
        Told<Long> memoryBytes,
        Told<Long> availableBytes,
        Told<Long> swapBytes,
        Told<List<Cluster>> clusters,
        Told<Double> batteryPercent,
        Told<Double> batteryCelsius,
        Told<Boolean> plugged,
        Told<Integer> batteryMilliampereHours,
        Told<Integer> thermalStatus,
        Map<String, Double> temperatures,
        Told<Long> freeBytes) {

    /**
     * Equal cores that share a clock.
     *
     * @param core its kind
     * @param count how many
     * @param clockHertz top clock; missing where the phone hides it
     * @param capacity relative speed, 1024 for the fastest; missing on many phones
     */
    public record Cluster(
            CoreKind core, int count, Told<Long> clockHertz, Told<Integer> capacity) {}

    /** Android's word for a thermal status. */
    public static String thermalWord(int status) {
        String[] words = {
            "none", "light", "moderate", "severe", "critical", "emergency", "shutdown"
        };
        return status >= 0 && status < words.length ? words[status] : "unknown (" + status + ")";
    }
}
