package io.pocketllm.plan;

import java.util.Locale;

/**
 * How long the rows of a step are taken to be, where its time is reckoned. Memory is always
 * reckoned for the longest.
 *
 * @param tokens of a row, padding included; the mean over batches
 * @param ofData whether data was read for it; else it is the longest that is allowed
 */
public record RowLength(double tokens, boolean ofData) {

    /** All rows as long as they may be. */
    public static RowLength longest(PlanRequest request) {
        return new RowLength(request.length(), false);
    }

    /** The request with rows of this length; never longer than it allows. */
    PlanRequest in(PlanRequest request) {
        long whole = Math.round(Math.clamp(tokens, 1, request.length()));
        return request.withLength((int) whole);
    }

    /** Such as "29 tokens a row, the mean of its batches". */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%.0f tokens a row, %s",
                tokens,
                ofData ? "the mean of its batches" : "the longest allowed");
    }
}
