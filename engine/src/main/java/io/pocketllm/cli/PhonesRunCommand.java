package io.pocketllm.cli;

import io.pocketllm.phone.AdbServer;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.EngineBundle;
import io.pocketllm.phone.PhoneLauncher;
import io.pocketllm.phone.PhoneRun;
import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.Runs;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains on a real phone. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Trains on a real phone; sends the engine and what the run needs first.",
            "The run goes on when the phone is unplugged, and is caught up with when it is back.",
            "Ctrl+C stops it in good order; a second one ends it at once."
        })
final class PhonesRunCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SERIAL")
    private String serial;

    @Parameters(
            index = "1",
            paramLabel = "RUN.json|RUN_DIR",
            description =
                    "A run file, sample:ID, or the folder of a run on a phone, to follow it again.")
    private String run;

    @Option(names = "--events", description = "Print every event as a line of JSON.")
    private boolean events;

    @Option(
            names = "--detach",
            description = "Start it and leave it; follow it later by naming its folder.")
    private boolean detach;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        AdbServer server = AdbServer.ofUser();
        Cancellation sending = new Cancellation();
        Interrupts.onInterrupt(sending::cancel);
        PhoneRun process;
        if (!run.startsWith("sample:") && Files.isDirectory(Path.of(run))) {
            process = PhoneLauncher.attach(server, Path.of(run), listener(out));
        } else {
            TransferLine line = new TransferLine(out);
            PhoneLauncher launcher =
                    new PhoneLauncher(
                            server.phone(PhonesCommand.serial(serial)),
                            Folders.ofUser(),
                            EngineBundle.folders(),
                            line,
                            sending);
            process = launcher.start(Runs.open(run), listener(out));
            line.end();
        }
        AtomicBoolean interrupted = new AtomicBoolean();
        Interrupts.onInterrupt(
                () -> {
                    if (interrupted.getAndSet(true)) {
                        process.kill();
                    } else {
                        process.stop();
                    }
                });
        if (detach) {
            process.detach();
        }
        ExitCode code = process.ended().join();
        if (!events) {
            out.println("Run folder: " + process.folder().path());
            out.flush();
        }
        if (detach) {
            return ExitCode.DONE.code();
        }
        return (interrupted.get() && code == ExitCode.DONE ? ExitCode.INTERRUPTED : code).code();
    }

    private Consumer<Event> listener(PrintWriter out) {
        if (!events) {
            return new TerminalProgress(out, TerminalProgress.isTerminal());
        }
        return event -> {
            out.println(EventJson.line(event));
            out.flush();
        };
    }
}
