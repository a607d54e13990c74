package io.pocketllm.plan;

import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.device.StepWork;
import io.pocketllm.device.ThermalSettings;
import io.pocketllm.device.probe.ClockFactors;
import java.util.Optional;

/**
 * What a time is reckoned from beside the sizes of a {@link PlanRequest}.
 *
 * @param factors how kinds of work compare
 * @param rows how long the data's rows are; empty where no data was read
 * @param freshTexts whether a step's texts differ from those read before, as with {@code
 *     data.tokenDropout}
 */
public record TimeBasis(ClockFactors factors, Optional<RowLength> rows, boolean freshTexts) {

    /** Estimated factors, the longest rows, texts that are read once. */
    public static final TimeBasis SIZES_ALONE =
            new TimeBasis(ClockFactors.ESTIMATED, Optional.empty(), false);

    /** How long rows are taken to be. */
    public RowLength rowLength(PlanRequest request) {
        return rows.map(known -> new RowLength(Math.min(known.tokens(), request.length()), true))
                .orElse(RowLength.longest(request));
    }

    /** The work of a step. */
    public StepWork step(PlanRequest request) {
        return StepEstimate.of(rowLength(request).in(request), freshTexts);
    }

    /** So many steps of that work on a phone. */
    public TimePlan time(
            StepWork step, int steps, SimulatedPhone phone, ThermalSettings surroundings) {
        return TimePlan.of(step, steps, phone, surroundings, factors.of(phone.threads()));
    }
}
