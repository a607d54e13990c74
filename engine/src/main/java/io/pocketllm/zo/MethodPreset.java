package io.pocketllm.zo;

import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Estimator;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.List;
import java.util.Map;

/**
 * A published method as a set of choices and numbers; a run file may change each of them.
 *
 * @param id the word used in run files
 * @param name what people call it
 * @param paper where it is described, such as "arXiv 2305.17333"; empty where it is this program's
 *     own
 * @param formula its step in one line
 * @param memory what it keeps beside the parameters
 * @param spaces the spaces it goes with; the first is its default
 * @param values numbers that differ from the defaults. A learning rate that no paper gives is
 *     missing, and the run file has to name one
 */
public record MethodPreset(
        String id,
        String name,
        String paper,
        String formula,
        String memory,
        List<Space> spaces,
        Direction direction,
        Estimator estimator,
        Update update,
        Map<MethodSetting, Double> values) {

    /** The number a setting has in this preset; null where the run file must give one. */
    public Double value(MethodSetting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    /** The preset as a method, at its own step size or, where it has none, at the one given. */
    public MethodSpec method(Space space, double learningRateElse) {
        MethodSpec method =
                new MethodSpec(
                        id, space, direction, estimator, update, MethodSpec.Branches.AUTO, values);
        return values.containsKey(MethodSetting.LEARNING_RATE)
                ? method
                : method.with(MethodSetting.LEARNING_RATE, learningRateElse);
    }
}
