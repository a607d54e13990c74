package io.pocketllm.data;

/**
 * Which data to read and how.
 *
 * @param location where it is
 * @param format null to go by the files' names
 * @param shape what each record has to give
 * @param sampling how much is kept
 * @param skipBadLines whether unusable lines are counted and passed over; else the first is refused
 */
public record DatasetRequest(
        DataLocation location,
        DataFormat format,
        RowShape shape,
        Sampling sampling,
        boolean skipBadLines) {}
