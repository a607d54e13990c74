package io.pocketllm.zo;

import io.pocketllm.zo.MethodSpec.Branches;
import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Estimator;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which choices go together. */
public final class MethodRules {

    /** Spaces whose parameters a graph can hold in several copies. */
    private static final Set<Space> BRANCHING = Set.of(Space.HEAD, Space.LORA, Space.LORA_B);

    private static final Set<Space> WITH_ACTIVATIONS = BRANCHING;

    /**
     * Why a method cannot run.
     *
     * @param key the key under {@code method} that is to be changed
     * @param problem what is wrong with it
     * @param hint what to do
     */
    public record Refusal(String key, String problem, String hint) {}

    private record Rule(java.util.function.Predicate<MethodSpec> breaks, Refusal refusal) {}

    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            m ->
                                    m.direction() == Direction.ACTIVATION_SUBSPACE
                                            && !WITH_ACTIVATIONS.contains(m.space()),
                            new Refusal(
                                    "direction",
                                    "\"activation-subspace\" needs a layer's input beside a matrix,"
                                            + " which this space has not",
                                    "Use \"gaussian\" or \"rademacher\", or the space \"head\","
                                            + " \"lora\" or \"lora-b\".")),
                    new Rule(
                            m ->
                                    m.update() == Update.VARIANCE_NORMALISED
                                            && m.estimator() != Estimator.ONE_SIDED,
                            new Refusal(
                                    "estimator",
                                    "\"two-sided\" gives no spread of losses for the update"
                                            + " \"variance-normalised\"",
                                    "Set method.estimator to \"one-sided\".")),
                    new Rule(
                            m -> m.update() == Update.VARIANCE_NORMALISED && m.directions() < 2,
                            new Refusal(
                                    "directions",
                                    "is 1, and one loss has no deviation to divide by",
                                    "Use 2 or more; 8 is FZOO's own.")),
                    new Rule(
                            m ->
                                    m.update() == Update.LOW_RANK_MOMENTUM
                                            && m.direction() != Direction.LOW_RANK,
                            new Refusal(
                                    "update",
                                    "\"low-rank-momentum\" keeps its mean in the span of V, which"
                                            + " this direction has not",
                                    "Set method.direction to \"low-rank\", or use \"momentum\".")),
                    new Rule(
                            m -> m.update() == Update.CONSERVATIVE && m.weightDecay() > 0,
                            new Refusal(
                                    "weightDecay",
                                    "does not go with the update \"conservative\", which takes a"
                                            + " step only where it lowers the loss",
                                    "Take it out, or use the update \"sgd\".")),
                    new Rule(
                            m ->
                                    m.update() == Update.CONSERVATIVE
                                            && m.branches() == Branches.IN_GRAPH,
                            new Refusal(
                                    "branches",
                                    "\"in-graph\" cannot try the steps of the update"
                                            + " \"conservative\", which are known only after the"
                                            + " slopes",
                                    "Use \"in-place\" or \"auto\".")),
                    new Rule(
                            m ->
                                    m.branches() == Branches.IN_GRAPH
                                            && !BRANCHING.contains(m.space()),
                            new Refusal(
                                    "branches",
                                    "\"in-graph\" would hold a copy of this space for each probe",
                                    "Use \"in-place\" or \"auto\", or the space \"head\", \"lora\""
                                            + " or \"lora-b\".")));

    private MethodRules() {}

    /** The first rule that a method breaks; empty where it can run. */
    public static Optional<Refusal> check(MethodSpec method) {
        return RULES.stream()
                .filter(rule -> rule.breaks().test(method))
                .map(Rule::refusal)
                .findFirst();
    }
}
