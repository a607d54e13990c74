package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.pocketllm.run.RunFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sweep's parameters to its combinations, the same on every computer. */
final class Expansion {

    /** Draws for each run that is wanted, before a space is called too small for so many. */
    private static final int PATIENCE = 100;

    private final String source;
    private final List<Parameter> parameters;

    /** Different value lists, no list twice. */
    private final Set<List<JsonNode>> found = new HashSet<>();

    private final List<Combination> combinations = new ArrayList<>();

    private Expansion(String source, List<Parameter> parameters) {
        this.source = source;
        this.parameters = parameters;
    }

    /**
     * @param source the sweep file's name in messages
     * @throws RunFileException where it is too many, or fewer than were asked for
     */
    static List<Combination> of(String source, SweepSpec spec) throws RunFileException {
        Expansion expansion = new Expansion(source, spec.parameters());
        switch (spec.search()) {
            case SweepSpec.Grid grid -> expansion.grid();
            case SweepSpec.Random random -> expansion.random(random);
        }
        return List.copyOf(expansion.combinations);
    }

    private void grid() throws RunFileException {
        long runs = 1;
        for (Parameter parameter : parameters) {
            runs *= listed(parameter).size();
            if (runs > SweepSpec.MOST_RUNS) {
                throw new RunFileException(
                        source,
                        "parameters",
                        "give more than " + SweepSpec.MOST_RUNS + " combinations",
                        "Take values out, or use \"search\": \"random\" with \"runs\".");
            }
        }
        int[] at = new int[parameters.size()];
        for (int run = 0; run < runs; run++) {
            int rest = run;
            // As in a number, the last place changes fastest.
            for (int i = at.length - 1; i >= 0; i--) {
                int size = listed(parameters.get(i)).size();
                at[i] = rest % size;
                rest /= size;
            }
            List<JsonNode> values = new ArrayList<>();
            for (int i = 0; i < at.length; i++) {
                values.add(listed(parameters.get(i)).get(at[i]));
            }
            add(values);
        }
    }

    private static List<JsonNode> listed(Parameter parameter) {
        return switch (parameter.values()) {
            case Values.Listed listed -> listed.values();
            case Values.Range range ->
                    throw new IllegalStateException("a grid's ranges have a count: " + parameter);
        };
    }

    /** java.util.Random, whose numbers Java's own specification fixes. */
    private void random(SweepSpec.Random search) throws RunFileException {
        java.util.Random random = new java.util.Random(search.seed());
        for (long draws = (long) PATIENCE * search.runs() + PATIENCE;
                combinations.size() < search.runs();
                draws--) {
            if (draws == 0) {
                throw new RunFileException(
                        source,
                        "runs",
                        "is "
                                + search.runs()
                                + ", and the parameters have only "
                                + combinations.size()
                                + " different combinations",
                        "Lower it, or use \"search\": \"grid\".");
            }
            List<JsonNode> values = new ArrayList<>();
            for (Parameter parameter : parameters) {
                values.add(parameter.values().draw(random));
            }
            add(values);
        }
    }

    private void add(List<JsonNode> values) {
        if (!found.add(values)) {
            return;
        }
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        Map<String, JsonNode> varied = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            Parameter parameter = parameters.get(i);
            settings.put(parameter.key(), values.get(i));
            if (parameter.values().varies()) {
                varied.put(parameter.key(), values.get(i));
            }
        }
        combinations.add(
                new Combination(
                        combinations.size() + 1,
                        Collections.unmodifiableMap(settings),
                        Collections.unmodifiableMap(varied)));
    }
}
