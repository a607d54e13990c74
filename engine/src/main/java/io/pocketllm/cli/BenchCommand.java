package io.pocketllm.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures this computer; a command for each thing measured. */
@Command(
        name = "bench",
        description = "Measures how fast this computer does what training needs.",
        mixinStandardHelpOptions = true,
        subcommands = {NoiseBenchCommand.class, StepBenchCommand.class, MemoryBenchCommand.class})
final class BenchCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
    }
}
