package io.pocketllm.app.setup;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.RunSpec;
import java.util.function.Function;

/** What a person may say about where the simulated phone lies and what else it does. */
public enum PhoneSetting {
    /** Air around it. */
    AMBIENT(
            "air, °C",
            "device.ambientCelsius",
            "Temperature of the air around the phone, −20 to 60.",
            s -> Units.setting(s.device().surroundings().ambientCelsius())),
    /** Its charger. */
    CHARGER(
            "charger, W",
            "device.chargingWatts",
            "What a charger gives, 0 to 150; 0 for none. A computer's USB port gives 3.5.",
            s -> Units.setting(s.device().surroundings().chargingWatts())),
    /** Charge at the start. */
    BATTERY(
            "battery, %",
            "device.startBatteryPercent",
            "Charge at the start, 0 to 100.",
            s -> Units.setting(s.device().surroundings().startPercent())),
    /** Processor share of other programs. */
    OTHER_LOAD(
            "other load",
            "device.backgroundCpuShare",
            "Share of each core that other programs take, 0 to 0.9.",
            s -> Units.setting(s.device().conditions().backgroundCpuShare())),
    /** Memory of other programs. */
    OTHER_MEMORY(
            "others, MB",
            "device.backgroundBytes",
            "Memory that other programs defend, such as a call or a player; off the budget.",
            s -> Units.setting(s.device().conditions().backgroundBytes() / Units.MEGABYTE)),
    /** Compressed memory. */
    ZRAM(
            "zRAM share",
            "device.zramShare",
            "Share of the run's memory that the phone keeps compressed, 0 to 0.9; raises the line at"
                    + " which it kills. Weights hardly compress.",
            s -> Units.setting(s.device().conditions().zramShare())),
    /** The killer's patience. */
    REACTION(
            "reaction, ms",
            "device.killerReactionMillis",
            "How long the run may stay over that line before it is killed, 0 to 10000.",
            s -> Units.setting(s.device().conditions().reactionTime().toMillis()));

    private final String label;
    private final String key;
    private final String help;
    private final Function<RunSpec, String> value;

    PhoneSetting(String label, String key, String help, Function<RunSpec, String> value) {
        this.label = label;
        this.key = key;
        this.help = help;
        this.value = value;
    }

    /** Its name in the window. */
    public String label() {
        return label;
    }

    /** Its dotted path in the run file. */
    public String key() {
        return key;
    }

    /** What it does. */
    public String help() {
        return help;
    }

    /** Its value in a run, as a person would type it. */
    String valueIn(RunSpec spec) {
        return value.apply(spec);
    }

    /** What was typed as the run file has it; an empty text takes the default. */
    String toFile(String typed) {
        if (typed.isEmpty()) {
            return "null";
        }
        if (this != OTHER_MEMORY) {
            return typed;
        }
        try {
            double bytes = Double.parseDouble(typed.replace(",", "")) * Units.MEGABYTE;
            return Double.isFinite(bytes) && Math.abs(bytes) < 1e18
                    ? String.valueOf(Math.round(bytes))
                    : typed;
        } catch (NumberFormatException e) {
            // Refused as it stands, with the reason.
            return typed;
        }
    }
}
