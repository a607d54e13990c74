package io.pocketllm.cli;

import io.pocketllm.phone.AdbServer;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.Phone;
import io.pocketllm.phone.PhoneFile;
import io.pocketllm.phone.PhonePaths;
import io.pocketllm.phone.PhoneProfile;
import io.pocketllm.phone.PhoneReader;
import io.pocketllm.phone.PhoneReading;
import io.pocketllm.phone.PhoneStorage;
import io.pocketllm.phone.RunPackage;
import io.pocketllm.phone.TunedProfile;
import io.pocketllm.run.Folders;
import io.pocketllm.run.OwnPhones;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.Runs;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a run's files, or what a finished run has learned. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = {
            "Sends model, tokenizer, data, profile and run file to a phone; or, given the folder of a",
            "finished run, what it has learned. What is there already is not sent again."
        })
final class PhonesPushCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SERIAL")
    private String serial;

    @Parameters(
            index = "1",
            paramLabel = "RUN.json|RUN_DIR",
            description = "A run file, sample:ID, or the folder of a finished run.")
    private String run;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Cancellation cancellation = new Cancellation();
        Interrupts.onInterrupt(cancellation::cancel);
        Path folder = run.startsWith("sample:") ? null : Path.of(run);
        List<PhoneFile> files = new ArrayList<>();
        String where;
        Phone phone;
        if (folder != null && Files.isDirectory(folder)) {
            TunedProfile tuned =
                    TunedProfile.of(new RunFolder(folder.toAbsolutePath().normalize()));
            files.addAll(tuned.files());
            where = tuned.folder();
            phone = AdbServer.ofUser().phone(PhonesCommand.serial(serial));
        } else {
            Folders folders = Folders.ofUser();
            RunFile file = OwnPhones.found(Runs.open(run), folders);
            new Runs(folders).preview(file);
            phone = AdbServer.ofUser().phone(PhonesCommand.serial(serial));
            // There the phone is itself, whatever is simulated here.
            PhoneReading reading = PhoneReader.read(phone, cancellation);
            RunPackage all =
                    RunPackage.toSend(
                            file, folders.cache(), PhoneProfile.ifTold(reading).orElse(null));
            files.addAll(all.files());
            where = all.runFolder();
        }
        TransferLine line = new TransferLine(out);
        PhoneStorage.Report report = new PhoneStorage(phone).push(files, line, cancellation);
        line.end();
        out.printf(
                Locale.ROOT,
                "Sent %d files, %,.1f MB; %d were there already. On the phone: %s/%s%n",
                report.sentFiles(),
                report.sentBytes() / 1e6,
                report.keptFiles(),
                PhonePaths.BASE,
                where);
        out.flush();
        return 0;
    }
}
