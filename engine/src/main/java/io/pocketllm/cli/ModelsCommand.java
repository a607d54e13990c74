package io.pocketllm.cli;

import io.pocketllm.model.ModelException;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.ModelSummaries;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Models that can be trained. */
@Command(
        name = "models",
        description = "Looks at models before they are trained, and makes smaller ones.",
        subcommands = {ModelsPruneCommand.class, ModelsRandomCommand.class},
        mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.code();
    }

    @Command(
            name = "inspect",
            description = {
                "What a model is made of, what it needs in memory, and what it can be trained for.",
                "Exit code 2 and the reason where it cannot be used."
            },
            mixinStandardHelpOptions = true)
    int inspect(
            @Parameters(
                            paramLabel = "PATH",
                            description =
                                    "A Hugging Face folder, an ONNX file or its folder, or"
                                            + " builtin:all-MiniLM-L6-v2.")
                    String path,
            @Option(names = "--json", description = "Print it as JSON.") boolean json) {
        ModelSummaries.Inspection found;
        try {
            found = ModelSummaries.inspect(path, Folders.ofUser().cache());
        } catch (ModelException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("pocketllm: " + e.getMessage());
            err.println("  " + e.hint());
            err.flush();
            return ExitCode.BAD_INPUT.code();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? ModelText.json(found) : ModelText.lines(found));
        out.flush();
        return ExitCode.DONE.code();
    }
}
