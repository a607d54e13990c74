package io.pocketllm.cli;

import io.pocketllm.run.EventJson;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.Worker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The process that trains. Started by the window and by {@code train}, not by people. */
@Command(
        name = "worker",
        hidden = true,
        description = "Trains in a run folder; commands in, events out.")
final class WorkerCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RUN_DIR", description = "Folder with run.json.")
    private Path folder;

    @Option(names = "--cache", required = true, description = "The program's cache folder.")
    private Path cache;

    @Option(names = "--resume", description = "Go on behind the last whole step.")
    private boolean resume;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Worker worker =
                new Worker(
                        new RunFolder(folder),
                        cache,
                        resume,
                        event -> {
                            out.println(EventJson.line(event));
                            out.flush();
                        });
        Interrupts.onInterrupt(worker::stop);
        worker.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        return worker.run().code();
    }
}
