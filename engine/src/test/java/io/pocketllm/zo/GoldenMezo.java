package io.pocketllm.zo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.data.Batch;
import io.pocketllm.model.GoldenCase;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.objective.AnswerObjective;
import io.pocketllm.objective.GoldenBatch;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec.Space;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A trajectory of MeZO's reference code (golden/README.md), and our optimiser and forward pass set
 * up to take the same steps: every tensor of the checkpoint moves, and the noise is the
 * reference's.
 */
final class GoldenMezo implements AutoCloseable {

    static final List<String> RUNS =
            List.of("opt-rademacher", "opt-rademacher-wd", "gpt2-gaussian-wd");

    final JsonNode json;
    final ParameterStore parameters = new ParameterStore();
    private final GoldenCase golden;
    private final SafetensorsFile finals;
    private final SafetensorsFile noise;
    private final AnswerObjective objective;
    private final Batch batch;

    private GoldenMezo(String run) throws Exception {
        Path folder = GoldenCase.FOLDER.resolve("mezo").resolve(run);
        json = new ObjectMapper().readTree(folder.resolve("mezo.json").toFile());
        golden = GoldenCase.open(Path.of(json.get("model").asText()).getName(2).toString());
        finals = SafetensorsFile.open(folder.resolve("final_float32.safetensors"));
        noise =
                json.get("z").asText().equals("gaussian")
                        ? SafetensorsFile.open(folder.resolve("z.safetensors"))
                        : null;
        // The hash counts tensors in the byte order of their names.
        golden.model().weights().values().stream()
                .sorted((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)))
                .forEach(parameters::copyOf);
        objective =
                GoldenBatch.answerObjective(
                        golden.model().graph(GraphOptions.PLAIN.withFp32(name -> true)),
                        parameters.tensors(),
                        0);
        batch = GoldenBatch.answers(golden).batch(0, 1, 2);
    }

    static GoldenMezo open(String run) throws Exception {
        return new GoldenMezo(run);
    }

    private static byte[] utf8(Tensor tensor) {
        return tensor.name().getBytes(StandardCharsets.UTF_8);
    }

    int steps() {
        return json.get("steps").asInt();
    }

    /** A number of step {@code step}, 1 for the first, as the reference's float32 code had it. */
    double expected(String quantity, int step) {
        return json.get("float32").get(quantity).get(step - 1).doubleValue();
    }

    float[] expectedFinally(String tensor) {
        return finals.tensors().get(tensor).toArray();
    }

    double loss() {
        return objective.loss(batch);
    }

    /** L2 norm of everything that moves. */
    double norm() {
        double squares = 0;
        for (Tensor tensor : parameters.tensors()) {
            for (float value : tensor.toArray()) {
                squares += (double) value * value;
            }
        }
        return Math.sqrt(squares);
    }

    /** A fresh optimiser over the parameters as they stand. */
    ZerothOrderOptimizer optimizer(int threads) {
        MethodSpec method =
                MethodSpec.mezo(Space.FULL, json.get("learning_rate").asDouble())
                        .with(MethodSetting.PERTURBATION_SCALE, json.get("epsilon").asDouble())
                        .with(MethodSetting.WEIGHT_DECAY, json.get("weight_decay").asDouble());
        return new ZerothOrderOptimizer(
                parameters, method, threads, noise == null ? signs() : stored());
    }

    private NoiseSource signs() {
        long seed = json.get("seed").asLong();
        return (step, role, tensor, target, from, to) -> {
            for (long i = from; i < to; i++) {
                target[(int) (i - from)] = sign(seed, step - 1, tensor, i);
            }
        };
    }

    private NoiseSource stored() {
        List<Tensor> order = List.copyOf(parameters.tensors());
        return (step, role, tensor, target, from, to) -> {
            Tensor z = noise.tensors().get("z." + (step - 1) + "." + order.get(tensor).name());
            for (long i = from; i < to; i++) {
                target[(int) (i - from)] = z.get(i);
            }
        };
    }

    /** The README's integer hash; counts from 0. */
    static int sign(long seed, int step, int tensor, long element) {
        return hash(seed, step, tensor, element) < 0 ? -1 : 1;
    }

    static long hash(long seed, int step, int tensor, long element) {
        long gamma = 0x9E3779B97F4A7C15L;
        long key = mix(seed + gamma);
        key = mix(key + (step + 1) * gamma);
        key = mix(key + (tensor + 1) * gamma);
        return mix(key + (element + 1) * gamma);
    }

    private static long mix(long x) {
        long z = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public void close() throws Exception {
        objective.close();
        parameters.close();
        finals.close();
        if (noise != null) {
            noise.close();
        }
        golden.close();
    }
}
