package io.pocketllm.plan;

import io.pocketllm.device.OperationKind;
import io.pocketllm.device.OperationWork;
import io.pocketllm.device.StepWork;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Estimator;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.MethodSpec.Update;
import io.pocketllm.zo.PassCount;
import java.util.List;

/**
 * The work of one training step, from sizes alone: forward passes over a batch of rows that are all
 * as long as the request's, and passes over what moves. docs/plan.md says how near it is to what a
 * run counts.
 */
public final class StepEstimate {

    private static final int FP32_BYTES = 4;

    /** Classes of a head, where a plan does not know them; next to nothing either way. */
    private static final int CLASSES = 4;

    /** The update that tries itself out asks at θ, beyond, and on the other side. */
    private static final int TRIED = 3;

    private StepEstimate() {}

    /**
     * The work of a step.
     *
     * @param freshTexts whether a step's texts differ from those read before, as with {@code
     *     data.tokenDropout}: a head then needs a pass of its own
     */
    public static StepWork of(PlanRequest request, boolean freshTexts) {
        return forwards(request, freshTexts).plus(weightWork(request));
    }

    private static StepWork forwards(PlanRequest request, boolean freshTexts) {
        MethodSpec method = request.method();
        int asked = method.probes() + (method.update() == Update.CONSERVATIVE ? TRIED : 0);
        if (method.space() == Space.HEAD && request.ending() == PlanRequest.Ending.POOLED) {
            StepWork head = head(request).times(asked);
            return freshTexts ? inPieces(request).plus(head) : head;
        }
        if (method.inGraph()) {
            // One pass, whose rows meet the copies; never in pieces.
            return ForwardWork.of(request, (double) request.batchRows() * method.probes());
        }
        return inPieces(request).times(asked);
    }

    /** A batch at one point. */
    private static StepWork inPieces(PlanRequest request) {
        int micro = request.microRows();
        int pieces =
                micro == 0
                        ? 1
                        : Math.ceilDiv(request.batchRows(), Math.min(micro, request.batchRows()));
        return ForwardWork.of(request, (double) request.batchRows() / pieces).times(pieces);
    }

    private static StepWork head(PlanRequest request) {
        double h = request.model().hiddenSize();
        return new StepWork(
                List.of(
                        OperationWork.fp32(
                                OperationKind.ELEMENTWISE,
                                2.0 * request.batchRows() * h * CLASSES,
                                4.0 * (request.batchRows() + CLASSES) * h)),
                1);
    }

    private static StepWork weightWork(PlanRequest request) {
        MethodSpec method = request.method();
        double moving = TrainedNumbers.moving(request);
        PassCount each = passes(method, TrainedNumbers.keepsHalves(request));
        return StepWork.weightPasses(
                each.drawn() * moving,
                each.moved() * moving,
                FP32_BYTES,
                each.passes(),
                method.direction() != Direction.RADEMACHER);
    }

    /**
     * Numbers drawn and elements moved in a step, for each element that moves; what {@code
     * ZerothOrderOptimizer.takePasses} counts after the first step.
     */
    static PassCount passes(MethodSpec method, boolean halves) {
        int k = method.directions();
        boolean two = method.estimator() == Estimator.TWO_SIDED;
        int points = method.probes();
        int probed = two ? 2 * k : k;
        if (method.inGraph()) {
            return new PassCount(probed + k, 2.0 * points + 1, points + 1);
        }
        if (halves) {
            return new PassCount(probed + k, points + 1.0, 1);
        }
        // From one direction to the next, one is taken back and one is gone along.
        int probing = two ? 2 + 3 * (k - 1) : 1 + 2 * (k - 1);
        // With one direction, going back and updating draw the same numbers.
        int updating = k == 1 ? 1 : k + 1;
        return switch (method.update()) {
            case SGD, SIGN, VARIANCE_NORMALISED, SCALAR_ADAPTIVE, LOW_RANK_MOMENTUM -> {
                if (method.space() == Space.SCALES) {
                    // Kept above 0 by a pass of its own.
                    yield new PassCount(probing + updating, probed + 2.0, probed + 2);
                }
                // The update and the next step's first move are one pass where nothing is asked
                // between them.
                int all = two && canBeDrawnAgain(method) ? probed : probed + 1;
                yield new PassCount(probing + updating, all, all);
            }
            case CONSERVATIVE ->
                    // Back, forth, to the other side, and once more in two of three cases.
                    new PassCount(probing + 1 + 8.0 * k / 3, probed + 11.0 / 3, probed + 4);
            case MOMENTUM, ADAM -> new PassCount(probing + 1 + k, probed + 3.0, probed + 2);
        };
    }

    /** Whether the next step's first move can draw this step's directions once more. */
    private static boolean canBeDrawnAgain(MethodSpec method) {
        return switch (method.direction()) {
            case GAUSSIAN, RADEMACHER, ACTIVATION_SUBSPACE -> true;
            case LOW_RANK, CONE, SPARSE -> false;
        };
    }
}
