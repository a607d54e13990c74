package io.pocketllm.app.setup;

import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunSpec;
import io.pocketllm.run.TrainWhen;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * Where the simulated phone lies, on what power, and what else it does: each a key of the run file
 * that the engine checks.
 */
public final class PhoneConditionsViewModel {

    private final Map<PhoneSetting, Field> fields = new EnumMap<>(PhoneSetting.class);
    private final BiFunction<String, String, String> change;
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    /**
     * @param change sets a key of the run file, and says why it cannot be set
     */
    PhoneConditionsViewModel(BiFunction<String, String, String> change) {
        this.change = change;
        for (PhoneSetting setting : PhoneSetting.values()) {
            fields.put(
                    setting,
                    new Field(
                            setting.label(),
                            setting.help(),
                            text -> change.apply(setting.key(), setting.toFile(text))));
        }
    }

    /** Shows what a run says. */
    void show(RunSpec spec) {
        fields.forEach((setting, field) -> field.show(setting.valueIn(spec)));
        problem.set("");
    }

    /** They matter where a phone is simulated. */
    void applicable(RunSpec spec) {
        boolean phone = !spec.device().profile().equals("none");
        fields.values().forEach(field -> field.applicableProperty().set(phone));
    }

    /** All fields. */
    List<Field> fields() {
        return new ArrayList<>(fields.values());
    }

    /** The field of a setting. */
    public Field field(PhoneSetting setting) {
        return fields.get(setting);
    }

    /** Decides when the phone lets the run train. */
    public void trainWhen(TrainWhen when) {
        set("device.trainWhen", when.key());
    }

    /** Puts the phone into its case or takes it out. */
    public void inCase(boolean wanted) {
        set("device.case", String.valueOf(wanted));
    }

    /** Makes the run as slow as the phone, or as fast as this computer. */
    public void realTime(boolean wanted) {
        set("device.realTime", String.valueOf(wanted));
    }

    private void set(String key, String value) {
        problem.set(change.apply(key, value));
    }

    /** Why the last choice was refused; empty where it was not. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Such as "25 °C, 3.5 W, in a case"; what is usual is left out. */
    public static String summary(RunFile file) {
        if (file == null) {
            return "";
        }
        RunSpec.Device device = file.spec().device();
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "%.0f °C", device.surroundings().ambientCelsius()));
        double watts = device.surroundings().chargingWatts();
        parts.add(watts == 0 ? "no charger" : String.format(Locale.ROOT, "%.1f W", watts));
        if (device.surroundings().conductanceFactor() < 1) {
            parts.add("in a case");
        }
        if (device.trainWhen() != TrainWhen.ALWAYS) {
            parts.add(words(device.trainWhen()));
        }
        if (device.realTime()) {
            parts.add("real time");
        }
        if (device.conditions().backgroundBytes() > 0
                || device.conditions().backgroundCpuShare() > 0) {
            parts.add("busy");
        }
        return String.join(", ", parts);
    }

    /** For people. */
    public static String words(TrainWhen when) {
        return switch (when) {
            case ALWAYS -> "always";
            case COOL -> "only while cool";
            case CHARGING_AND_COOL -> "only charging and cool";
        };
    }
}
