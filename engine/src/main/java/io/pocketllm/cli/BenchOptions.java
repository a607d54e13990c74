package io.pocketllm.cli;

import io.pocketllm.forward.ForwardOptions;
import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.architecture.ShapeCatalogue;
import io.pocketllm.run.StepBenchmark;
import io.pocketllm.tensor.DType;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodRules;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code bench step} and {@code bench memory} measure. */
final class BenchOptions {

    private static final List<String> STORED = List.of("fp32", "fp16", "bf16");
    private static final List<String> QUANTISED = List.of("int8", "int8-block", "int4");
    private static final double LEARNING_RATE = 1e-7;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--shape",
            required = true,
            paramLabel = "NAME",
            description = "Such as roberta-large, opt-1.3b.")
    private String shape;

    @Option(
            names = "--base",
            paramLabel = "FORMAT",
            defaultValue = "fp32",
            description =
                    "fp32, fp16 or bf16: as stored. int8, int8-block or int4: converted from fp32."
                            + " Default ${DEFAULT-VALUE}.")
    private String base;

    @Option(
            names = "--block-size",
            paramLabel = "N",
            defaultValue = "128",
            description = "32, 64 or 128 weights a block; default ${DEFAULT-VALUE}.")
    private int blockSize;

    @Option(
            names = "--method",
            paramLabel = "ID",
            defaultValue = "mezo",
            description = "A method of the catalogue; default ${DEFAULT-VALUE}.")
    private String method;

    @Option(
            names = "--space",
            paramLabel = "WORD",
            description = "What moves; default the method's own.")
    private String space;

    @Option(
            names = "--direction",
            paramLabel = "WORD",
            description = "gaussian or rademacher; default the method's.")
    private String direction;

    @Option(names = "--directions", paramLabel = "N", description = "Directions a step; default 1.")
    private int directions = 1;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "8",
            description = "Texts a batch; default ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--micro-batch",
            paramLabel = "B",
            defaultValue = "0",
            description = "Texts computed at once; default 0, all.")
    private int microBatch;

    @Option(
            names = "--seq",
            paramLabel = "S",
            defaultValue = "64",
            description = "Tokens a text; default ${DEFAULT-VALUE}.")
    private int sequence;

    @Option(
            names = "--threads",
            paramLabel = "T",
            defaultValue = "2",
            description = "Threads; default ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--profile",
            paramLabel = "WORD",
            defaultValue = "balanced",
            description = "fast, balanced or smallest; default ${DEFAULT-VALUE}.")
    private String profile;

    /** The request, each option checked. */
    StepBenchmark.Request request(int rounds) {
        MethodSpec chosen = method();
        BaseSpec format = baseSpec();
        if (chosen.space() == Space.FULL && format.format().isQuantised()) {
            throw problem("--base " + base + ": the space \"full\" needs a float base");
        }
        if (chosen.space() == Space.SCALES && !format.format().isBlockwise()) {
            throw problem("--base " + base + ": the space \"scales\" needs int8-block or int4");
        }
        if (chosen.space() == Space.HEAD
                || chosen.direction() == MethodSpec.Direction.ACTIVATION_SUBSPACE) {
            throw problem("--method " + method + ": needs data, which a benchmark has none of");
        }
        return new StepBenchmark.Request(
                word("--shape", shape, ShapeCatalogue.names()),
                dtype(),
                format,
                chosen,
                within("--batch", batch, 4096),
                within("--seq", sequence, 8192),
                new ForwardOptions(
                        within("--threads", threads, 256),
                        MemoryProfile.of(word("--profile", profile, profiles())).orElseThrow(),
                        microBatch == 0 ? 0 : within("--micro-batch", microBatch, batch)),
                rounds);
    }

    /** The same options as words of a command line. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--shape", shape, "--base", base, "--method", method));
        arguments.addAll(List.of("--block-size", "" + blockSize, "--profile", profile));
        arguments.addAll(List.of("--directions", "" + directions, "--batch", "" + batch));
        arguments.addAll(List.of("--micro-batch", "" + microBatch));
        arguments.addAll(List.of("--seq", "" + sequence, "--threads", "" + threads));
        if (direction != null) {
            arguments.addAll(List.of("--direction", direction));
        }
        if (space != null) {
            arguments.addAll(List.of("--space", space));
        }
        return arguments;
    }

    /** A base in words: {@code fp32}, {@code int4-128}. */
    static String base(StepBenchmark.Request request) {
        return request.base().format() == BaseFormat.AS_STORED
                ? switch (request.stored()) {
                    case F32 -> "fp32";
                    case F16 -> "fp16";
                    default -> request.stored().name().toLowerCase(Locale.ROOT);
                }
                : request.base().label();
    }

    private static List<String> profiles() {
        return Arrays.stream(MemoryProfile.values()).map(MemoryProfile::label).toList();
    }

    private String word(String option, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw problem(option + " " + value + ": expected one of " + String.join(", ", allowed));
        }
        return value;
    }

    /** A whole number from 1 on. */
    int within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw problem(option + " " + value + ": expected a whole number from 1 to " + most);
        }
        return value;
    }

    private ParameterException problem(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private DType dtype() {
        return switch (base) {
            case "fp16" -> DType.F16;
            case "bf16" -> DType.BF16;
            default -> DType.F32;
        };
    }

    private BaseSpec baseSpec() {
        List<String> all = new ArrayList<>(STORED);
        all.addAll(QUANTISED);
        word("--base", base, all);
        if (blockSize != 32 && blockSize != 64 && blockSize != 128) {
            throw problem("--block-size " + blockSize + ": expected 32, 64 or 128");
        }
        BaseFormat format =
                STORED.contains(base) ? BaseFormat.AS_STORED : BaseFormat.of(base).orElseThrow();
        return new BaseSpec(format, blockSize);
    }

    private MethodSpec method() {
        List<String> ids = MethodCatalogue.all().stream().map(MethodPreset::id).toList();
        MethodPreset preset = MethodCatalogue.find(word("--method", method, ids)).orElseThrow();
        List<String> spaces = preset.spaces().stream().map(Space::key).toList();
        Space moving =
                space == null
                        ? preset.spaces().getFirst()
                        : preset.spaces().get(spaces.indexOf(word("--space", space, spaces)));
        MethodSpec chosen =
                preset.method(moving, LEARNING_RATE)
                        .with(MethodSetting.LEARNING_RATE, LEARNING_RATE)
                        .with(MethodSetting.DIRECTIONS, within("--directions", directions, 1024));
        if (direction != null) {
            boolean normal =
                    word("--direction", direction, List.of("gaussian", "rademacher"))
                            .equals("gaussian");
            chosen =
                    chosen.with(
                            normal
                                    ? MethodSpec.Direction.GAUSSIAN
                                    : MethodSpec.Direction.RADEMACHER,
                            chosen.estimator(),
                            chosen.update());
        }
        MethodRules.check(chosen)
                .ifPresent(
                        refusal -> {
                            throw problem(refusal.key() + " " + refusal.problem());
                        });
        return chosen;
    }
}
