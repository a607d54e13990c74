package io.pocketllm.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The examples kept of one part while its file streams by. */
final class PartSample {

    private final Part part;
    private final List<String> labels;
    private final Integer fewShot;
    private final int max;
    private final List<Reservoir> reservoirs;
    private long seen;

    /**
     * @param fewShot examples of each class, or null for all
     * @param max most examples where no number for each class is set
     */
    PartSample(Part part, List<String> labels, Integer fewShot, int max, long seed) {
        this.part = part;
        this.labels = labels;
        this.fewShot = fewShot;
        this.max = max;
        int strata = fewShot == null ? 1 : Math.max(1, labels.size());
        this.reservoirs =
                IntStream.range(0, strata)
                        .mapToObj(
                                i ->
                                        new Reservoir(
                                                fewShot == null ? max : fewShot,
                                                seed + i * 0xD1B54A32D192ED03L))
                        .toList();
    }

    void add(Example example) {
        int stratum = reservoirs.size() == 1 ? 0 : example.label();
        reservoirs.get(stratum).add(seen++, example);
    }

    long seen() {
        return seen;
    }

    List<Example> examples() {
        return Reservoir.inOrder(reservoirs);
    }

    /** What a reader of the results should know about the sample. */
    List<DataWarning> warnings(String source) {
        List<DataWarning> warnings = new ArrayList<>();
        if (fewShot == null && seen > max) {
            warnings.add(
                    new DataWarning(
                            source
                                    + ": "
                                    + max
                                    + " of its "
                                    + seen
                                    + " "
                                    + part.key()
                                    + " examples are used, drawn by the run's seed",
                            "data.maxExamples." + part.key() + " changes how many."));
        }
        for (int i = 0; fewShot != null && i < reservoirs.size(); i++) {
            if (reservoirs.get(i).size() < fewShot) {
                warnings.add(
                        new DataWarning(
                                source
                                        + ": has only "
                                        + reservoirs.get(i).size()
                                        + " "
                                        + part.key()
                                        + " examples"
                                        + (labels.isEmpty() ? "" : " of \"" + labels.get(i) + "\"")
                                        + " where data.fewShot asks for "
                                        + fewShot,
                                "All of them are used. Ask for fewer, or add examples."));
            }
        }
        return warnings;
    }
}
