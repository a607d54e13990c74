package io.pocketllm.app.launch;

import io.pocketllm.app.chart.AwtFonts;
import io.pocketllm.app.chart.RunImage;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Opens the window; on a computer without a display runs the same run in the terminal and draws its
 * picture.
 */
@Command(
        name = "workbench",
        description =
                "Opens the workbench. Without a display, runs in the terminal and saves the charts as a picture.",
        mixinStandardHelpOptions = true)
public final class WorkbenchCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN.json",
            arity = "0..1",
            description =
                    "The run to begin with: a run file, or sample:ID. Default: the first ready-made run.")
    private String run;

    @Option(names = "--start", description = "Start the run at once.")
    private boolean start;

    @Option(
            names = "--check",
            description =
                    "Open the window, close it as soon as it is drawn, and say whether that worked.")
    private boolean check;

    private final Runs runs;
    private final TerminalRunner terminal;
    private final BooleanSupplier display;

    /**
     * @param terminal what runs where there is no display
     */
    public WorkbenchCommand(Runs runs, TerminalRunner terminal) {
        this(runs, terminal, Display::isThere);
    }

    /**
     * @param display whether there is a screen to open a window on
     */
    WorkbenchCommand(Runs runs, TerminalRunner terminal, BooleanSupplier display) {
        this.runs = runs;
        this.terminal = terminal;
        this.display = display;
    }

    @Override
    public Integer call() throws RunFileException, IOException {
        PrintWriter out = spec.root().commandLine().getOut();
        RunFile file = run == null ? Runs.sample(Runs.samples().getFirst()) : Runs.open(run);
        AwtFonts.load(runs.folders().cache());
        if (check) {
            return check(file, out);
        }
        if (!display.getAsBoolean()) {
            out.println(
                    "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so this runs in the terminal.");
            return inTerminal(file, out);
        }
        try {
            JavaFxToolkit.openAndWait(
                    runs, file, start ? JavaFxToolkit.Then.START : JavaFxToolkit.Then.WAIT);
            return ExitCode.DONE.code();
        } catch (JavaFxToolkit.Unavailable e) {
            out.println(
                    "The window cannot open, so this runs in the terminal. Reason: "
                            + e.getMessage());
            return inTerminal(file, out);
        }
    }

    private int check(RunFile file, PrintWriter out) {
        String problem = "neither DISPLAY nor WAYLAND_DISPLAY is set";
        if (display.getAsBoolean()) {
            try {
                JavaFxToolkit.openAndWait(runs, file, JavaFxToolkit.Then.CLOSE);
                problem = null;
            } catch (JavaFxToolkit.Unavailable e) {
                problem = e.getMessage();
            }
        }
        out.println(
                problem == null
                        ? "The window opens on this computer."
                        : "The window cannot open: " + problem);
        out.flush();
        return (problem == null ? ExitCode.DONE : ExitCode.INTERNAL_ERROR).code();
    }

    private int inTerminal(RunFile file, PrintWriter out) throws RunFileException, IOException {
        out.flush();
        TerminalRunner.Result result = terminal.run(file, out);
        Path events = result.folder().events();
        if (Files.isRegularFile(events)) {
            Path picture = result.folder().path().resolve(RunImage.FILE_NAME);
            try {
                RunImage.write(events, picture);
                out.println("Loss and memory as a picture: " + picture);
            } catch (IOException e) {
                out.println("No picture: " + e.getMessage());
            }
        }
        out.flush();
        return result.exitCode().code();
    }
}
