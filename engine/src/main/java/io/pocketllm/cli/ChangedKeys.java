package io.pocketllm.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Values of a run file that the command line replaces. */
final class ChangedKeys {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Replaces one value of the run file, such as method.learningRate=0.01. May be repeated.")
    private List<String> sets = new ArrayList<>();

    /** True where nothing is replaced. */
    boolean isEmpty() {
        return sets.isEmpty();
    }

    /**
     * The new values by key; of a key that is named twice the last.
     *
     * @throws ParameterException where one has no key or no equals sign
     */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--set "
                                + set
                                + ": expected key=value, for example --set training.batchSize=8");
            }
            values.put(set.substring(0, equals), set.substring(equals + 1));
        }
        return values;
    }
}
