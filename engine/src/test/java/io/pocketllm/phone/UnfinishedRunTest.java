package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that were left on a phone. */
class UnfinishedRunTest {

    @TempDir private Path home;

    private Path run(String name, String phoneRun) throws IOException {
        Path folder = Files.createDirectories(home.resolve("runs").resolve(name));
        if (phoneRun != null) {
            Files.writeString(folder.resolve("phone-run.json"), phoneRun);
        }
        return folder;
    }

    private static String on(String serial) {
        return "{\"serial\":\"%s\",\"folder\":\"runs/x\",\"eventBytes\":0,\"budgetBytes\":0}"
                .formatted(serial);
    }

    @Test
    void they_are_found_by_their_folder_the_newest_first() throws IOException {
        Path old = run("2026-01-01-120000-a", on("1a2b"));
        Path recent = run("2026-01-02-120000-b", on("192.168.1.20:37123"));
        run("2026-01-03-120000-here", null);
        Files.writeString(run("2026-01-04-120000-ended", on("1a2b")).resolve("summary.json"), "{}");
        run("2026-01-05-120000-torn", "{\"serial\":");
        run("2026-01-06-120000-outside", "{\"serial\":\"x\",\"folder\":\"../../etc\"}");
        run("2026-01-07-120000-nobody", "{\"folder\":\"runs/x\"}");
        assertThat(UnfinishedRun.in(home.resolve("runs")))
                .containsExactly(
                        new UnfinishedRun(recent.toAbsolutePath(), "192.168.1.20:37123"),
                        new UnfinishedRun(old.toAbsolutePath(), "1a2b"));
    }

    @Test
    void one_that_is_given_up_is_a_run_that_failed() throws IOException {
        RunFolder folder = new RunFolder(run("2026-01-01-120000-a", on("1a2b")));
        Files.writeString(
                folder.events(), EventJson.line(new Event.Paused(4200, 7, null)) + "\n{\"torn");
        UnfinishedRun.giveUp(folder.path());
        assertThat(UnfinishedRun.in(home.resolve("runs"))).isEmpty();
        assertThat(folder.readEvents())
                .last()
                .isInstanceOfSatisfying(
                        Event.Failed.class, end -> assertThat(end.elapsedMillis()).isEqualTo(4200));
        assertThat(folder.summary()).content().contains("given up");
    }

    @Test
    void no_folder_is_no_runs() throws IOException {
        assertThat(UnfinishedRun.in(home.resolve("nowhere"))).isEmpty();
    }

    @Test
    void a_run_remembers_the_new_name_of_its_phone() throws IOException {
        RunFolder folder = new RunFolder(run("2026-01-01-120000-a", on("192.168.1.20:1")));
        PhoneRunFile.read(folder).on("192.168.1.20:2").write(folder);
        assertThat(UnfinishedRun.in(home.resolve("runs")))
                .extracting(UnfinishedRun::serial)
                .containsExactly("192.168.1.20:2");
    }
}
