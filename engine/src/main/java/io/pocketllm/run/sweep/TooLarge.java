package io.pocketllm.run.sweep;

/**
 * Why a combination is left out: its plan is larger than what its phone grants.
 *
 * @param plannedBytes memory it would hold
 * @param budgetBytes what one process may hold there
 * @param device the phone's id, "none" for a budget of the run file's own
 */
public record TooLarge(long plannedBytes, long budgetBytes, String device) {}
