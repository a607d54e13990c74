package io.pocketllm.run.sweep;

import io.pocketllm.run.RunFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One computer's part of a sweep that several share: every {@code count}-th combination.
 *
 * @param index 1 to {@code count}
 * @param count computers
 */
public record Shard(int index, int count) {

    /** All of it. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})/(\\d{1,5})");

    /**
     * From {@code 2/3}.
     *
     * @param source who said it, for messages
     */
    public static Shard parse(String source, String text) throws RunFileException {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            int index = Integer.parseInt(matcher.group(1));
            int count = Integer.parseInt(matcher.group(2));
            if (index >= 1 && index <= count && count <= SweepSpec.MOST_RUNS) {
                return new Shard(index, count);
            }
        }
        throw new RunFileException(
                source,
                "",
                "\"" + text + "\" is no part of a sweep",
                "Write which part of how many, such as 1/3 on the first of three computers.");
    }

    /** Whether a combination is this computer's. */
    public boolean takes(Combination combination) {
        return (combination.number() - 1) % count == index - 1;
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
