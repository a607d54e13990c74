package io.pocketllm.app.runs;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunSpec;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run was run with, by dotted key: what its file says, and what a preset or a default says
 * where the file says nothing. Otherwise a default written out would look like a difference.
 */
final class RunSettings {

    private RunSettings() {}

    static Map<String, String> of(RunFile file) {
        RunSpec spec = file.spec();
        Map<String, String> settings = new LinkedHashMap<>(file.values());
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
        return settings;
    }
}
