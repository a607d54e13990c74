package io.pocketllm.cli;

import io.pocketllm.phone.TransferProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/** A transfer on one line of a terminal; silent where nobody watches. */
final class TransferLine implements Consumer<TransferProgress> {

    private final PrintWriter out;
    private final boolean terminal;

    TransferLine(PrintWriter out) {
        this.out = out;
        this.terminal = TerminalProgress.isTerminal();
    }

    @Override
    public void accept(TransferProgress progress) {
        if (terminal) {
            out.printf(
                    Locale.ROOT,
                    "\r\u001b[K%,d of %,d MB, %.1f MB/s  %s",
                    progress.doneBytes() / 1_000_000,
                    progress.totalBytes() / 1_000_000,
                    progress.bytesPerSecond() / 1e6,
                    progress.what());
            out.flush();
        }
    }

    void end() {
        if (terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
