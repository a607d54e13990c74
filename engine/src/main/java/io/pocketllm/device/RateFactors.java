package io.pocketllm.device;

import java.util.EnumMap;
import java.util.Map;

/**
 * How fast each kind of work goes, compared with a large fp32 matrix product and with a plain copy.
 *
 * @param compute FLOP/s of a kind in fp32, as a share of the matrix product's
 * @param precision FLOP/s of a matrix product in another precision, as a multiple of fp32's
 * @param traffic bytes a second of a kind, as a multiple of the copy's; over 1 where caches help
 */
public record RateFactors(
        Map<OperationKind, Double> compute,
        Map<Precision, Double> precision,
        Map<OperationKind, Double> traffic) {

    /** Estimates for a phone, on its own CPU. docs/simulated-phone.md gives each its reason. */
    public static final RateFactors ESTIMATED =
            new RateFactors(
                    Map.of(
                            OperationKind.MATMUL, 1.0,
                            OperationKind.ATTENTION, 0.5,
                            OperationKind.ELEMENTWISE, 0.3,
                            OperationKind.NORMALIZATION, 0.2,
                            OperationKind.SOFTMAX, 0.3,
                            OperationKind.GATHER, 0.3,
                            OperationKind.PACKING, 0.3,
                            OperationKind.NOISE, 0.4,
                            OperationKind.WEIGHT_PASS, 0.3),
                    Map.of(
                            Precision.FP32, 1.0,
                            Precision.FP16, 1.7,
                            Precision.INT8, 3.0,
                            Precision.INT8_BLOCK, 2.0,
                            Precision.INT4, 1.3),
                    Map.of());

    public RateFactors {
        compute = filled(OperationKind.class, compute);
        precision = filled(Precision.class, precision);
        traffic = filled(OperationKind.class, traffic);
    }

    /** What is left out is 1. */
    private static <K extends Enum<K>> Map<K, Double> filled(Class<K> type, Map<K, Double> given) {
        Map<K, Double> filled = new EnumMap<>(type);
        for (K key : type.getEnumConstants()) {
            double factor = given.getOrDefault(key, 1.0);
            if (!(factor > 0 && factor < 1e6)) {
                throw new IllegalArgumentException(
                        key + " is " + factor + "; allowed: more than 0");
            }
            filled.put(key, factor);
        }
        return Map.copyOf(filled);
    }

    /** FLOP/s of a kind and precision, as a multiple of a large fp32 matrix product's. */
    double computeOf(OperationKind kind, Precision numbers) {
        boolean product = kind == OperationKind.MATMUL || kind == OperationKind.ATTENTION;
        return compute.get(kind) * (product ? precision.get(numbers) : 1);
    }
}
