package io.pocketllm.cli;

import io.pocketllm.data.DataException;
import io.pocketllm.model.ModelException;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.Pruning;
import io.pocketllm.run.PruningReport;
import io.pocketllm.run.PruningRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes weights, attention heads or layers away from a model. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = {
            "Takes weights, attention heads or layers away from a model and writes a new folder.",
            "Forward passes over a few texts tell which heads and layers it loses least without."
        })
final class ModelsPruneCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "A Hugging Face folder.")
    private String path;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder to write; it must not be there.")
    private Path out;

    @Option(
            names = "--magnitude",
            paramLabel = "SHARE",
            defaultValue = "0",
            description =
                    "Share of each linear layer's weights to set to zero, the smallest first.")
    private double magnitude;

    @Option(
            names = "--heads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Attention heads to remove.")
    private int heads;

    @Option(
            names = "--layers",
            paramLabel = "N",
            defaultValue = "0",
            description = "Layers to remove.")
    private int layers;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            arity = "1..*",
            description = {
                "Texts to measure on: .jsonl, .csv or .tsv, or builtin:inbox-nurse.",
                "With labels the rise of the zero-shot loss counts, without them the change of",
                "hidden states. Without this option built-in texts are read."
            })
    private List<String> data = new ArrayList<>();

    @Option(
            names = "--label",
            paramLabel = "LABEL=TEXT",
            description = "The text that stands for a label of the data. May be repeated.")
    private Map<String, String> descriptions = new LinkedHashMap<>();

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "" + PruningRequest.USUAL_EXAMPLES,
            description = "Most texts to measure on; default ${DEFAULT-VALUE}.")
    private int examples;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    private String phase = "";

    @Override
    public Integer call() throws Exception {
        try {
            PruningReport report =
                    Pruning.run(
                            new PruningRequest(
                                    path,
                                    out,
                                    magnitude,
                                    heads,
                                    layers,
                                    data,
                                    descriptions,
                                    examples),
                            Folders.ofUser().cache(),
                            this::show);
            endOfLine();
            PrintWriter output = spec.commandLine().getOut();
            output.print(json ? PruningText.json(report) : PruningText.lines(report));
            output.flush();
            return ExitCode.DONE.code();
        } catch (ModelException e) {
            return refused(e.getMessage(), e.hint());
        } catch (DataException e) {
            return refused(e.getMessage(), e.hint());
        }
    }

    /** A line each phase; on a terminal, how far it is. */
    private void show(String what, Double fraction) {
        PrintWriter err = spec.commandLine().getErr();
        boolean terminal = TerminalProgress.isTerminal();
        if (!what.equals(phase)) {
            endOfLine();
            phase = what;
            err.print(terminal ? what : what + System.lineSeparator());
        }
        if (terminal && fraction != null) {
            err.printf(Locale.ROOT, "\r\u001b[K%s %3.0f %%", what, 100 * fraction);
        }
        err.flush();
    }

    private void endOfLine() {
        if (!phase.isEmpty() && TerminalProgress.isTerminal()) {
            spec.commandLine().getErr().println();
            spec.commandLine().getErr().flush();
        }
    }

    private int refused(String message, String hint) {
        endOfLine();
        PrintWriter err = spec.commandLine().getErr();
        err.println("pocketllm: " + message);
        err.println("  " + hint);
        err.flush();
        return ExitCode.BAD_INPUT.code();
    }
}
