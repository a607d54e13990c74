package io.pocketllm.run;

import io.pocketllm.device.SimilarWord;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodRules;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Branches;
import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Estimator;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a run file's {@code method}: a preset fills in what the file leaves out, and choices that
 * do not go together are refused by the key to change.
 */
final class MethodSpecReader {

    private MethodSpecReader() {}

    static MethodSpec read(StrictObject m) throws RunFileException {
        MethodPreset preset = preset(m);
        Space space =
                m.constant(
                        "space",
                        preset == null ? null : preset.spaces().getFirst(),
                        Space.values(),
                        Space::key);
        Direction direction =
                m.constant(
                        "direction",
                        preset == null ? Direction.GAUSSIAN : preset.direction(),
                        Direction.values(),
                        Direction::key);
        Estimator estimator =
                m.constant(
                        "estimator",
                        preset == null ? Estimator.TWO_SIDED : preset.estimator(),
                        Estimator.values(),
                        Estimator::key);
        Update update =
                m.constant(
                        "update",
                        preset == null ? Update.SGD : preset.update(),
                        Update.values(),
                        Update::key);
        Branches branches = m.constant("branches", Branches.AUTO, Branches.values(), Branches::key);
        Map<MethodSetting, Double> values = new EnumMap<>(MethodSetting.class);
        for (MethodSetting setting : MethodSetting.values()) {
            values.put(setting, number(m, setting, preset));
        }
        m.done();
        MethodSpec method =
                new MethodSpec(
                        preset == null ? "" : preset.id(),
                        space,
                        direction,
                        estimator,
                        update,
                        branches,
                        values);
        if (preset != null && !preset.spaces().contains(space)) {
            throw m.problem(
                    "space",
                    "is \"" + space.key() + "\", which " + preset.name() + " does not train",
                    "Allowed with this preset: " + keys(preset.spaces()) + ".");
        }
        MethodRules.Refusal refusal = MethodRules.check(method).orElse(null);
        if (refusal != null) {
            throw m.problem(refusal.key(), refusal.problem(), refusal.hint());
        }
        return method;
    }

    private static MethodPreset preset(StrictObject m) throws RunFileException {
        if (!m.has("preset")) {
            return null;
        }
        String id = m.text("preset", null);
        List<String> ids = MethodCatalogue.all().stream().map(MethodPreset::id).toList();
        MethodPreset preset = MethodCatalogue.find(id).orElse(null);
        if (preset == null) {
            throw m.problem(
                    "preset",
                    "is \"" + id + "\"",
                    SimilarWord.question(id, ids) + "Allowed: " + String.join(", ", ids) + ".");
        }
        return preset;
    }

    private static double number(StrictObject m, MethodSetting setting, MethodPreset preset)
            throws RunFileException {
        Double fallback = preset == null ? setting.fallback() : preset.value(setting);
        return setting.whole()
                ? m.integer(
                        setting.key(),
                        fallback == null ? null : fallback.intValue(),
                        (int) setting.min(),
                        (int) setting.max())
                : m.number(setting.key(), fallback, setting.min(), setting.max());
    }

    private static String keys(List<Space> spaces) {
        return String.join(", ", spaces.stream().map(Space::key).toList());
    }
}
