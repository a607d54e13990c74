package io.pocketllm.cli;

import io.pocketllm.model.ModelException;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RandomModel;
import io.pocketllm.tensor.DType;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model folder of a published shape with random weights. */
@Command(
        name = "random",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a model folder of a published shape with random weights, to see what training",
            "takes on a phone without the published checkpoint. It has learnt nothing."
        })
final class ModelsRandomCommand implements Callable<Integer> {

    /** How the weights are stored. */
    enum Stored {
        fp32(DType.F32),
        fp16(DType.F16),
        bf16(DType.BF16);

        private final DType dtype;

        Stored(DType dtype) {
            this.dtype = dtype;
        }
    }

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "SHAPE", description = "Such as opt-1.3b or roberta-large.")
    private String shape;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder to write; it must not be there.")
    private Path out;

    @Option(
            names = "--stored",
            paramLabel = "FORMAT",
            defaultValue = "fp32",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Stored stored;

    @Override
    public Integer call() {
        PrintWriter output = spec.commandLine().getOut();
        try {
            long bytes = RandomModel.write(out, shape, stored.dtype, Folders.ofUser().cache());
            output.printf(
                    Locale.ROOT,
                    "%s: %s with random weights, %,d MB%n",
                    out,
                    shape,
                    Math.round(bytes / 1e6));
            output.flush();
            return ExitCode.DONE.code();
        } catch (ModelException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("pocketllm: " + e.getMessage());
            err.println("  " + e.hint());
            err.flush();
            return ExitCode.BAD_INPUT.code();
        }
    }
}
