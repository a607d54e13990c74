package io.pocketllm.phone;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a phone: one shell call, then pure parsing of what it answered. */
public final class PhoneReader {

    /** What stands before the readings of this moment. */
    static final String CURRENT_TEMPERATURES = "Current temperatures from HAL:";

    private PhoneReader() {}

    /**
     * Asks the phone.
     *
     * @throws PhoneException where it does not answer; a single value that is denied is no failure
     */
    public static PhoneReading read(Phone phone, Cancellation cancellation) throws PhoneException {
        ShellResult result = phone.run(PhoneScript.READ_PHONE.with(), Phone.SHORT, cancellation);
        if (!result.out().contains("@@end")) {
            throw new PhoneException(
                    PhoneException.Reason.REFUSED,
                    "The phone " + phone.serial() + " could not be read: " + result.why(),
                    "Unlock it and try again.");
        }
        return parse(result.out());
    }

    /** What {@code read-phone.sh} answered, as values. */
    static PhoneReading parse(String text) {
        Sections sections = Sections.of(text.replace("\r", ""));
        Map<String, String> properties = pairs(sections.get("properties"), "=");
        Map<String, String> memory = pairs(sections.get("meminfo"), ":");
        Map<String, String> battery = pairs(sections.get("battery"), ":");
        String chip = property(properties, "ro.soc.model", "ro.board.platform", "ro.hardware");
        return new PhoneReading(
                told(properties.get("ro.product.model"), "ro.product.model is empty"),
                told(
                        property(properties, "ro.product.manufacturer", "ro.product.brand"),
                        "ro.product.manufacturer is empty"),
                told(chip, "ro.soc.model, ro.board.platform and ro.hardware are empty"),
                told(
                        properties.get("ro.build.version.release"),
                        "ro.build.version.release is empty"),
                told(
                        property(properties, "ro.product.cpu.abilist64"),
                        "ro.product.cpu.abilist64 is empty: its system is a 32-bit one"),
                kilobytes(memory, "MemTotal"),
                kilobytes(memory, "MemAvailable"),
                kilobytes(memory, "SwapTotal"),
                ClusterParser.parse(sections.get("cpus"), sections.get("cpuinfo")),
                percent(battery),
                scaled(battery, "temperature", 10, "dumpsys battery tells no temperature"),
                plugged(battery),
                fullCharge(pairs(sections.get("power"), "=")),
                thermalStatus(sections.get("thermal")),
                temperatures(sections.get("thermal")),
                freeBytes(sections.get("storage")));
    }

    private static String property(Map<String, String> properties, String... names) {
        for (String name : names) {
            String value = properties.getOrDefault(name, "");
            if (!value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    private static Told<String> told(String value, String reason) {
        return value == null || value.isBlank()
                ? Told.missing(reason)
                : Told.value(PhoneException.shown(value));
    }

    /** Lines of "name=value" or "name: value"; the first of a name counts. */
    static Map<String, String> pairs(String text, String separator) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int at = line.indexOf(separator);
            if (at > 0) {
                pairs.putIfAbsent(
                        line.substring(0, at).strip(),
                        line.substring(at + separator.length()).strip());
            }
        }
        return pairs;
    }

    /** A whole number of at most 15 digits, or null. */
    static Long number(String text) {
        return text != null && text.matches("-?\\d{1,15}") ? Long.valueOf(text) : null;
    }

    private static Told<Long> kilobytes(Map<String, String> memory, String name) {
        Long value = number(memory.getOrDefault(name, "").replaceFirst("\\s*kB$", ""));
        return value == null
                ? Told.missing("/proc/meminfo tells no " + name)
                : Told.value(value * 1024);
    }

    private static Told<Double> percent(Map<String, String> battery) {
        Long level = number(battery.get("level"));
        Long scale = number(battery.get("scale"));
        return level == null || scale == null || scale <= 0
                ? Told.missing("dumpsys battery tells no level")
                : Told.value(100.0 * level / scale);
    }

    private static Told<Double> scaled(
            Map<String, String> values, String name, double divisor, String reason) {
        Long value = number(values.get(name));
        return value == null ? Told.missing(reason) : Told.value(value / divisor);
    }

    private static Told<Boolean> plugged(Map<String, String> battery) {
        boolean any = false;
        boolean plugged = false;
        for (String name : new String[] {"AC powered", "USB powered", "Wireless powered"}) {
            any |= battery.containsKey(name);
            plugged |= "true".equals(battery.get(name));
        }
        return any ? Told.value(plugged) : Told.missing("dumpsys battery does not tell");
    }

    /** Microampere-hours in sysfs; some phones write milliampere-hours. */
    private static Told<Integer> fullCharge(Map<String, String> power) {
        for (String name : new String[] {"charge_full_design", "charge_full"}) {
            Long value = number(power.get("/sys/class/power_supply/battery/" + name));
            if (value != null && value > 0) {
                long milli = value > 100_000 ? value / 1000 : value;
                if (milli >= 500 && milli <= 50_000) {
                    return Told.value((int) milli);
                }
            }
        }
        return Told.missing("the phone does not let adb's shell read the battery's charge");
    }

    private static Told<Integer> thermalStatus(String text) {
        Matcher matcher = Pattern.compile("Thermal Status: (\\d)").matcher(text);
        return matcher.find()
                ? Told.value(Integer.valueOf(matcher.group(1)))
                : Told.missing("dumpsys thermalservice tells no status (Android 10 or newer does)");
    }

    /** The current readings, else the cached ones. */
    private static Map<String, Double> temperatures(String text) {
        int current = text.indexOf(CURRENT_TEMPERATURES);
        Map<String, Double> found =
                current < 0 ? Map.of() : temperaturesIn(text.substring(current));
        return found.isEmpty()
                ? temperaturesIn(current < 0 ? text : text.substring(0, current))
                : found;
    }

    private static Map<String, Double> temperaturesIn(String text) {
        Matcher matcher =
                Pattern.compile("Temperature\\{mValue=(-?\\d{1,4}(?:\\.\\d+)?),[^}]*mName=([^,}]+)")
                        .matcher(text);
        Map<String, Double> found = new LinkedHashMap<>();
        while (matcher.find()) {
            found.putIfAbsent(
                    PhoneException.shown(matcher.group(2)), Double.valueOf(matcher.group(1)));
        }
        return found;
    }

    private static Told<Long> freeBytes(String df) {
        long free = Sections.freeBytes(df);
        return free < 0 ? Told.missing("df did not tell") : Told.value(free);
    }
}
