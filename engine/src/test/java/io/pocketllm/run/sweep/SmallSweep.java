package io.pocketllm.run.sweep;

import io.pocketllm.run.RunFileException;
import io.pocketllm.run.SmallInbox;
import java.nio.file.Path;

/** Sweep files over the small inbox. */
final class SmallSweep {

    private SmallSweep() {}

    /**
     * @param rest keys beside version and base, as JSON without braces
     */
    static String json(int steps, String rest) {
        return "{ \"version\": 1, \"base\": "
                + SmallInbox.json("data", "head", steps)
                + ", "
                + rest
                + " }";
    }

    static SweepFile parse(String rest) throws RunFileException {
        return parse(Path.of("."), 9, rest);
    }

    /**
     * @param folder where the data is
     */
    static SweepFile parse(Path folder, int steps, String rest) throws RunFileException {
        return SweepFile.parse("sweep.json", folder, json(steps, rest));
    }
}
