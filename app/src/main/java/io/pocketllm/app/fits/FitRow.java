package io.pocketllm.app.fits;

import io.pocketllm.model.BaseFormat;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.FitTable;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.plan.TimePlan;
import io.pocketllm.plan.TrainingWay;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodSetting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A row: a model, a base and a method.
 *
 * @param source the model
 * @param row what it takes, and what that means on each phone
 * @param asSetUp whether it is the run that is set up
 */
public record FitRow(FitModel source, FitTable.Row row, boolean asSetUp) {

    /** The model's name. */
    public String model() {
        return source.name();
    }

    /** Base and method, such as "int8 · MeZO on LoRA". */
    public String way() {
        return row.way().base() + " · " + row.way().method();
    }

    /** Its memory. */
    public RunPlan plan() {
        return row.plan();
    }

    /** What becomes of it on a phone; null for a phone that is not in the table. */
    public DeviceFit on(String device) {
        for (DeviceFit fit : row.fits()) {
            if (fit.device().equals(device)) {
                return fit;
            }
        }
        return null;
    }

    /** A hundred steps on a phone; empty where nothing tells how long they take. */
    public Optional<TimePlan> time(String device) {
        for (int i = 0; i < row.fits().size(); i++) {
            if (row.fits().get(i).device().equals(device)) {
                return row.times().get(i);
            }
        }
        return Optional.empty();
    }

    /** Whether this program trains that way; backpropagation is there to compare with. */
    public boolean trainable() {
        return row.way() instanceof TrainingWay.ForwardOnly;
    }

    /** Whether every word is somewhere in its names. */
    boolean matches(String words) {
        String text = (model() + " " + way()).toLowerCase(Locale.ROOT);
        return List.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+")).stream()
                .allMatch(text::contains);
    }

    /**
     * What to change in a run file to get base and method of this row on a phone. The model is not
     * in it.
     *
     * @param learningRate the step size to keep where the method's paper gives none
     * @throws IllegalStateException where {@link #trainable} is false
     */
    public Map<String, String> changes(String device, double learningRate) {
        if (!(row.way() instanceof TrainingWay.ForwardOnly forward)) {
            throw new IllegalStateException(way());
        }
        Map<String, String> changes = new LinkedHashMap<>();
        if (!asSetUp) {
            BaseFormat base = forward.request().base().format();
            changes.put("model.base", base == BaseFormat.AS_STORED ? "null" : base.label());
            changes.put("model.blockSize", "null");
            MethodPreset preset =
                    MethodCatalogue.find(forward.request().method().preset()).orElseThrow();
            String rate =
                    preset.value(MethodSetting.LEARNING_RATE) == null
                            ? ", \"learningRate\": " + learningRate
                            : "";
            changes.put("method", "{\"preset\": \"" + preset.id() + "\"" + rate + "}");
        }
        changes.put("device.budgetBytes", "null");
        changes.put("device.profile", device);
        return changes;
    }
}
