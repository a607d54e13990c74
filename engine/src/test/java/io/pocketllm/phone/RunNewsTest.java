package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Answers of follow-run.sh, whole and torn. */
class RunNewsTest {

    private static RunNews news(String text) {
        return RunNews.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Example
    void onlyWholeLinesCountAndTheNextQuestionBeginsAtTheTornOne() {
        RunNews news = news("running\n@@errors\n\n@@events\n{\"é\":1}\n{\"torn");

        assertThat(news.running()).isTrue();
        assertThat(news.lines()).containsExactly("{\"é\":1}");
        assertThat(news.eventBytes())
                .isEqualTo("{\"é\":1}\n".getBytes(StandardCharsets.UTF_8).length);
        assertThat(news.isLast()).isFalse();
    }

    @Example
    void anEndIsTheEndOnlyOnceEveryLineIsKnown() {
        assertThat(news("exit 0\n@@errors\n\n@@events\n{}\n").isLast()).isFalse();
        RunNews end = news("exit 4\n@@errors\nat line 1\nat line 2\n\n@@events\n");

        assertThat(end.isLast()).isTrue();
        assertThat(end.exitCode()).isEqualTo(4);
        assertThat(end.errors()).isEqualTo("at line 1\nat line 2");
        assertThat(news("exit 137\nkilled 70000\n@@errors\n\n@@events\n").killedKilobytes())
                .isEqualTo(70000);
    }

    @Property
    void noAnswerBreaksIt(@ForAll byte[] answer) {
        assertThat(RunNews.parse(answer).eventBytes()).isLessThanOrEqualTo(answer.length);
    }

    @Example
    void memoryOfThePhoneBecomesAMemoryEventWithTheRunsBudget() {
        RunEvents events = new RunEvents(List.of(), 900);

        assertThat(
                        events.of(
                                "{\"event\":\"phone-memory\",\"elapsedMillis\":20,\"rssKilobytes\":5}"))
                .contains(new Event.Memory(20, 5120, 0, 900));
    }

    @Example
    void followedAnewNothingIsToldTwice() {
        RunEvents events = new RunEvents(List.of(new Event.Paused(100, 3)), 0);

        assertThat(events.of("{\"event\":\"paused\",\"elapsedMillis\":100,\"step\":3}")).isEmpty();
        assertThat(events.of("{\"event\":\"resumed\",\"elapsedMillis\":101,\"step\":3}"))
                .isPresent();
    }

    @Example
    void anEndWithoutALastWordSaysWhatIsKnown() {
        RunEvents events = new RunEvents(List.of(), 0);

        assertThat(events.last(news("@@errors\n\n@@events\n"), false))
                .isInstanceOfSatisfying(
                        Event.Failed.class, f -> assertThat(f.message()).contains("is gone"));
        assertThat(events.last(news("exit 1\n@@errors\nno memory\n\n@@events\n"), false))
                .isInstanceOfSatisfying(
                        Event.Failed.class,
                        f -> assertThat(f.message()).contains("exit code 1", "no memory"));
        assertThat(events.last(news("@@errors\n\n@@events\n"), true))
                .isInstanceOfSatisfying(
                        Event.Failed.class, f -> assertThat(f.message()).contains("ended at once"));
    }
}
