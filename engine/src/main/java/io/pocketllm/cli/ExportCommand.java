package io.pocketllm.cli;

import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Export;
import io.pocketllm.run.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a run trained in the files other programs read. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what a run trained in the files other programs read:",
            "adapters in PEFT's layout, the head as one linear layer, weights under their own names."
        })
final class ExportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RUN_DIR", description = "Folder of a run that has finished.")
    private Path folder;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "A new or empty folder.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        PrintWriter output = spec.commandLine().getOut();
        Export.write(RunFolder.existing(folder), out).forEach(output::println);
        output.flush();
        return ExitCode.DONE.code();
    }
}
