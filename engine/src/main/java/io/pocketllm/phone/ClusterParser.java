package io.pocketllm.phone;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Groups a phone's cores, from sysfs (who shares a clock) and cpuinfo (what they are). */
final class ClusterParser {

    private static final Pattern FILE =
            Pattern.compile("/sys/devices/system/cpu/cpu(\\d{1,2})/(\\S+?)(=(.*)|!)");
    private static final int MOST_CORES = 64;

    private ClusterParser() {}

    static Told<List<PhoneReading.Cluster>> parse(String sysfs, String cpuinfo) {
        Map<Integer, CoreKind> kinds = kinds(cpuinfo);
        Map<Integer, Map<String, String>> cores = cores(sysfs);
        // A core that cpuinfo leaves out is asleep; one that sysfs leaves out has no clock to tell.
        kinds.keySet().forEach(core -> cores.computeIfAbsent(core, c -> new LinkedHashMap<>()));
        if (cores.isEmpty()) {
            return Told.missing("neither /proc/cpuinfo nor /sys/devices/system/cpu can be read");
        }
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        cores.forEach(
                (core, files) -> {
                    CoreKind kind = kinds.get(core);
                    String key =
                            files.getOrDefault(
                                    "cpufreq/related_cpus",
                                    "of kind " + (kind == null ? "unknown" : kind.name()));
                    groups.computeIfAbsent(key.strip(), k -> new ArrayList<>()).add(core);
                });
        List<PhoneReading.Cluster> clusters = new ArrayList<>();
        for (List<Integer> group : groups.values()) {
            clusters.add(cluster(group, kinds, cores.get(group.getFirst())));
        }
        clusters.sort(Comparator.comparingDouble(ClusterParser::speed).reversed());
        return Told.value(List.copyOf(clusters));
    }

    private static PhoneReading.Cluster cluster(
            List<Integer> group, Map<Integer, CoreKind> kinds, Map<String, String> files) {
        CoreKind kind = null;
        for (int core : group) {
            kind = kind == null ? kinds.get(core) : kind;
        }
        Long kilohertz = PhoneReader.number(files.get("cpufreq/cpuinfo_max_freq"));
        Long capacity = PhoneReader.number(files.get("cpu_capacity"));
        return new PhoneReading.Cluster(
                kind == null ? new CoreKind("core that was asleep", 0, false) : kind,
                group.size(),
                kilohertz == null || kilohertz <= 0 || kilohertz > 10_000_000
                        ? Told.missing("cpufreq/cpuinfo_max_freq is absent or denied")
                        : Told.value(kilohertz * 1000),
                capacity == null
                        ? Told.missing("cpu_capacity is absent or denied")
                        : Told.value(capacity.intValue()));
    }

    private static double speed(PhoneReading.Cluster cluster) {
        double clock = cluster.clockHertz().isTold() ? cluster.clockHertz().value() : 0;
        return clock * Math.max(1, cluster.core().flopsPerCycle());
    }

    private static Map<Integer, Map<String, String>> cores(String sysfs) {
        Map<Integer, Map<String, String>> cores = new TreeMap<>();
        for (String line : sysfs.split("\n")) {
            Matcher matcher = FILE.matcher(line.strip());
            if (matcher.matches()) {
                Map<String, String> files =
                        cores.computeIfAbsent(
                                Integer.valueOf(matcher.group(1)), c -> new LinkedHashMap<>());
                if (matcher.group(4) != null) {
                    files.put(matcher.group(2), matcher.group(4));
                }
            }
        }
        return cores;
    }

    private static Map<Integer, CoreKind> kinds(String cpuinfo) {
        Map<Integer, CoreKind> kinds = new TreeMap<>();
        int core = -1;
        int implementer = 0;
        for (String line : cpuinfo.split("\n")) {
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            if (line.startsWith("processor") && value.matches("\\d{1,2}")) {
                core = Integer.parseInt(value);
            } else if (line.startsWith("CPU implementer") && value.matches("0x[0-9a-f]{1,4}")) {
                implementer = Integer.decode(value);
            } else if (line.startsWith("CPU part")
                    && value.matches("0x[0-9a-f]{1,4}")
                    && core >= 0
                    && core < MOST_CORES) {
                kinds.put(core, CoreKind.of(implementer, Integer.decode(value)));
            }
        }
        return kinds;
    }
}
