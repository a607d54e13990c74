package io.pocketllm.app.runs;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.RunSpec;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run was run with, by dotted key: what its file says, and what a preset or a default says
 * where the file says nothing. Otherwise a default written out would look like a difference.
 */
final class RunSettings {

    private RunSettings() {}

    /** Of a row whose run file can be read; several seeds are one value. */
    static Map<String, String> of(RunRow row) {
        RunSpec spec = row.spec();
        Map<String, String> settings = new LinkedHashMap<>(row.run().file().values());
        settings.keySet().removeIf(key -> key.startsWith("method."));
        MethodSpec method = spec.method();
        if (!method.preset().isEmpty()) {
            settings.put("method.preset", method.preset());
        }
        settings.put("method.space", method.space().key());
        settings.put("method.direction", method.direction().key());
        settings.put("method.estimator", method.estimator().key());
        settings.put("method.update", method.update().key());
        for (MethodSetting setting : MethodSetting.values()) {
            settings.put("method." + setting.key(), Units.setting(method.value(setting)));
        }
        settings.put("training.batchSize", String.valueOf(spec.training().batchSize()));
        settings.put("training.steps", String.valueOf(spec.training().steps()));
        settings.put("training.evaluateEvery", String.valueOf(spec.training().evaluateEvery()));
        settings.put("data.maxTokens", String.valueOf(spec.data().maxTokens()));
        settings.put("model.base", spec.model().base().format().label());
        settings.put("device.profile", spec.device().profile());
        settings.put(
                "seed",
                row.runs().stream()
                        .map(run -> run.file() == null ? "?" : "" + run.file().spec().seed())
                        .distinct()
                        .collect(Collectors.joining(", ")));
        return settings;
    }
}
