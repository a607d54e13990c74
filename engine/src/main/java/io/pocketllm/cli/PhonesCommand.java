package io.pocketllm.cli;

import io.pocketllm.phone.AdbServer;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.ConnectedPhone;
import io.pocketllm.phone.PhoneAddress;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.PhonePaths;
import io.pocketllm.phone.PhoneProfile;
import io.pocketllm.phone.PhoneReader;
import io.pocketllm.phone.PhoneReading;
import io.pocketllm.phone.PhoneState;
import io.pocketllm.phone.PhoneStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Real phones over adb. */
@Command(
        name = "phones",
        mixinStandardHelpOptions = true,
        subcommands = {
            PhonesPushCommand.class,
            PhonesRunCommand.class,
            PhonesSimulateCommand.class,
            PhonesCompareCommand.class
        },
        description = {
            "Real phones over adb.",
            "SERIAL is what \"phones list\" shows; \"-\" is the only phone there is.",
            "POCKETLLM_ADB names the adb program, ANDROID_ADB_SERVER_PORT the server's port.",
            "Exit codes: 0 done, 2 bad input, 5 a phone or adb did not do it."
        })
final class PhonesCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
    }

    /** The serial of a phone, or empty for the only one. */
    static String serial(String word) {
        return word.equals("-") ? "" : word;
    }

    @Command(name = "list", description = "Every phone, its state, and what to do about it.")
    void list() throws PhoneException {
        PrintWriter out = spec.commandLine().getOut();
        List<ConnectedPhone> phones = AdbServer.ofUser().phones();
        if (phones.isEmpty()) {
            out.println("No phone is connected. docs/phones.md says how to connect one.");
        }
        for (ConnectedPhone phone : phones) {
            out.println(phone.label() + ": " + phone.state().explanation());
            if (phone.state() == PhoneState.UNKNOWN) {
                out.println("  adb calls it \"" + phone.stateText() + "\".");
            }
            if (!phone.state().hint().isEmpty()) {
                out.println("  " + phone.state().hint());
            }
        }
        out.flush();
    }

    @Command(name = "read", description = "What a phone tells about itself; a profile of it.")
    void read(
            @Parameters(paramLabel = "SERIAL") String serial,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Write a device profile to this file.")
                    Path file)
            throws IOException {
        PhoneReading reading =
                PhoneReader.read(AdbServer.ofUser().phone(serial(serial)), new Cancellation());
        PrintWriter out = spec.commandLine().getOut();
        PhoneText.print(reading, out);
        if (file != null) {
            Files.writeString(file, PhoneProfile.json(reading), StandardCharsets.UTF_8);
            out.println("Profile    " + file + " (use it: --device " + file + ")");
        }
        out.flush();
    }

    @Command(name = "clean", description = "Removes everything that was sent to a phone.")
    void clean(@Parameters(paramLabel = "SERIAL") String serial) throws PhoneException {
        List<String> left =
                new PhoneStorage(AdbServer.ofUser().phone(serial(serial)))
                        .clean(new Cancellation());
        say(
                left.isEmpty()
                        ? "Removed; nothing of the workbench is left on the phone."
                        : "Removed; " + PhonePaths.BASE + " still holds what is not ours: " + left);
    }

    @Command(name = "connect", description = "Connects a phone over Wi-Fi.")
    void connect(@Parameters(paramLabel = "HOST:PORT") String address) throws PhoneException {
        say(AdbServer.ofUser().connect(PhoneAddress.parse(address), new Cancellation()));
    }

    @Command(name = "pair", description = "Pairs with a phone by the code it shows; once a phone.")
    void pair(
            @Parameters(paramLabel = "HOST:PORT") String address,
            @Parameters(paramLabel = "CODE") String code)
            throws PhoneException {
        say(AdbServer.ofUser().pair(PhoneAddress.parse(address), code, new Cancellation()));
        say(
                "Now connect to the other port that the phone shows: pocketllm phones connect HOST:PORT");
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
