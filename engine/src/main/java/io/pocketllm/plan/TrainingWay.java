package io.pocketllm.plan;

import io.pocketllm.device.StepWork;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.plan.FirstOrderMemory.Optimiser;
import io.pocketllm.tensor.DType;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A way to train a model: a row of a {@link FitTable}. */
public sealed interface TrainingWay {

    /** The model's name for people. */
    String model();

    /** Model, batch and length; base and method too where this program trains that way. */
    PlanRequest request();

    /** Its memory with another training batch. */
    RunPlan plan(int batchRows);

    /** How the frozen weights are kept, such as "fp32" or "int8". */
    String base();

    /** What trains it, for people. */
    String method();

    /**
     * What a step does; empty where this program does not train that way.
     *
     * @param basis how long rows are, and whether texts are fresh
     */
    default Optional<StepWork> stepWork(TimeBasis basis) {
        return Optional.empty();
    }

    /** Its memory. */
    default RunPlan plan() {
        return plan(request().batchRows());
    }

    /** With forward passes only, as this program trains. */
    record ForwardOnly(String model, PlanRequest request) implements TrainingWay {

        @Override
        public RunPlan plan(int batchRows) {
            return RunPlan.of(request.withBatchRows(batchRows));
        }

        @Override
        public Optional<StepWork> stepWork(TimeBasis basis) {
            return Optional.of(basis.step(request));
        }

        @Override
        public String base() {
            BaseFormat format = request.base().format();
            return format == BaseFormat.AS_STORED
                    ? stored(request.model().dtype())
                    : format.label();
        }

        @Override
        public String method() {
            MethodSpec method = request.method();
            return MethodCatalogue.find(method.preset())
                    .map(p -> p.name() + (p.spaces().size() > 1 ? ", " + method.space().key() : ""))
                    .orElseGet(method::describe);
        }
    }

    /** With backpropagation in fp32, all parameters, by formula: for comparison. */
    record Backpropagation(String model, PlanRequest request, Optimiser optimiser)
            implements TrainingWay {

        @Override
        public RunPlan plan(int batchRows) {
            return FirstOrderMemory.of(request.withBatchRows(batchRows), optimiser);
        }

        @Override
        public String base() {
            return "fp32";
        }

        @Override
        public String method() {
            return optimiser.label() + ", backpropagation";
        }
    }

    /**
     * The ways most people ask about: all parameters, in half precision too where the model is
     * stored in fp32; adapters over each base, scales of four-bit blocks, and AdamW beside them.
     *
     * @param template model, batch and length; its base and method are replaced
     */
    static List<TrainingWay> usual(String model, PlanRequest template) {
        List<TrainingWay> ways = new ArrayList<>();
        ways.add(forward(model, template, BaseFormat.AS_STORED, "mezo"));
        if (template.model().dtype() == DType.F32
                && !template.model().architecture().equals(TrainedNumbers.ONNX)) {
            ways.add(forward(model, template, BaseFormat.FP16, "mezo"));
        }
        ways.add(forward(model, template, BaseFormat.AS_STORED, "mezo-lora"));
        ways.add(forward(model, template, BaseFormat.INT8, "mezo-lora"));
        ways.add(forward(model, template, BaseFormat.INT4, "mezo-lora"));
        ways.add(forward(model, template, BaseFormat.INT4, "qzo"));
        ways.add(new Backpropagation(model, template, Optimiser.ADAMW));
        return List.copyOf(ways);
    }

    private static TrainingWay forward(
            String model, PlanRequest template, BaseFormat base, String preset) {
        MethodPreset published = MethodCatalogue.find(preset).orElseThrow();
        return new ForwardOnly(
                model,
                template.with(
                        BaseSpec.of(base),
                        published.method(
                                published.spaces().getFirst(), template.method().learningRate())));
    }

    private static String stored(DType dtype) {
        return switch (dtype) {
            case F32 -> "fp32";
            case F16 -> "fp16";
            default -> dtype.name().toLowerCase(Locale.ROOT);
        };
    }
}
