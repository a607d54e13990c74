package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.SmallInbox;
import io.pocketllm.run.TextQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run on a phone, followed over a server whose answers are given here: heat and questions. */
@Timeout(60)
class FollowedRunTest {

    private static final String WARM =
            "@@battery\nlevel: 64\nscale: 100\nUSB powered: false\n@@thermal\nThermal Status: 1\n"
                    + "\tTemperature{mValue=41.5, mType=3, mName=SKIN, mStatus=1}\n@@end\n";

    @TempDir private Path folder;

    private final HeardRun heard = new HeardRun();
    private final AtomicReference<String> news = new AtomicReference<>();
    private final AtomicReference<String> told = new AtomicReference<>("");
    private String warmth = WARM;
    private FakeAdbServer server;
    private RunFolder run;

    @BeforeEach
    void startAPhone() throws Exception {
        run =
                new RunFolder(
                        BesideRuns.onPhone(
                                folder.resolve("run"),
                                SmallInbox.run(folder, "lora", 9),
                                List.of()));
        news.set(going(BesideRuns.started(1), BesideRuns.step(1, 90, null)));
        server = new FakeAdbServer();
        server.on("shell,v2", this::answer);
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    /** What each script answers, told by its first words; news are given out once. */
    private void answer(FakeAdbServer.Wire wire) throws IOException {
        String script = server.asked.getLast();
        String said = "";
        if (script.contains("News of a run")) {
            String latest = news.get();
            said = latest;
            news.compareAndSet(latest, latest.substring(0, latest.indexOf("@@events\n") + 9));
        } else if (script.contains("How warm")) {
            said = warmth;
        } else if (script.contains("Gives a run a command")) {
            told.set(script);
        }
        wire.okay().packet(1, said).packet(3, new byte[] {0});
    }

    private static String going(Event... events) {
        return "running\n@@errors\n\n@@events\n" + lines(events);
    }

    private static String lines(Event... events) {
        StringBuilder lines = new StringBuilder();
        for (Event event : events) {
            lines.append(EventJson.line(event)).append('\n');
        }
        return lines.toString();
    }

    private PhoneRun follow() throws IOException {
        return PhoneLauncher.attach(server.client(), run.path(), heard.events::add);
    }

    private void endOfRun() {
        Event end = new Event.Finished(9000, 1, false, 0.4, 0.8, 0.5, null, 1);
        news.set("exit 0\n@@errors\n\n@@events\n" + lines(end));
    }

    @Test
    void whatThePhoneTellsOfItsHeatIsAmongTheEventsHereAndInTheFolder() throws Exception {
        PhoneRun following = follow();
        heard.awaitEvent(e -> e instanceof Event.Phone);
        endOfRun();
        assertThat(HeardRun.awaitEnd(following)).isEqualTo(ExitCode.DONE);

        assertThat(heard.of(Event.Phone.class))
                .as("as it was followed, and at the end")
                .hasSizeBetween(2, 3)
                .allSatisfy(
                        phone -> {
                            assertThat(phone.temperatureCelsius()).isEqualTo(41.5);
                            assertThat(phone.batteryPercent()).isEqualTo(64);
                            assertThat(phone.charging()).isFalse();
                            assertThat(phone.thermalStatus()).isEqualTo(1);
                            assertThat(phone.clockFraction()).isNull();
                            assertThat(phone.step()).isEqualTo(1);
                        });
        assertThat(run.readEvents()).isEqualTo(heard.events);
        assertThat(heard.events.getLast()).isInstanceOf(Event.Finished.class);
    }

    @Test
    void aPhoneThatTellsNothingOfItIsFollowedAllTheSameWithOneWarning() throws Exception {
        warmth = "@@battery\nCan't find service: battery\n@@thermal\n@@end\n";
        PhoneRun following = follow();
        heard.awaitEvent(e -> e instanceof Event.Warning);
        endOfRun();
        assertThat(HeardRun.awaitEnd(following)).isEqualTo(ExitCode.DONE);

        assertThat(heard.of(Event.Phone.class)).isEmpty();
        assertThat(heard.of(Event.Warning.class))
                .singleElement()
                .satisfies(w -> assertThat(w.message()).contains("temperature and battery"));
        assertThat(server.asked.stream().filter(s -> s.contains("How warm"))).hasSize(1);
    }

    @Test
    void aQuestionGoesToTheRunAndItsAnswerIsToldAndNotKept() throws Exception {
        PhoneRun following = follow();
        heard.awaitEvent(e -> e instanceof Event.Step);
        String text = "Isn't $HOME \"mine\"? 日本 \uD800";
        assertThat(following.predict(new TextQuestion(7, text))).isTrue();
        heard.await(() -> told.get().contains("predict"));
        // Letters beyond ASCII are escaped, the shell's own characters quoted.
        assertThat(told.get())
                .contains("\"command\":\"predict\"", "\\u65E5\\u672C \\uD800", "Isn'\\''t $HOME");

        news.set(
                going(
                        new Event.Prediction(
                                2000, 7, text, 1, Map.of("reply now", 0.75), null, null)));
        heard.awaitEvent(e -> e instanceof Event.Prediction p && p.id() == 7);
        endOfRun();
        HeardRun.awaitEnd(following);

        assertThat(Files.readString(run.events())).doesNotContain("HOME").doesNotContain("0.75");
        assertThat(following.predict(new TextQuestion(8, text))).as("it is over").isFalse();
    }
}
