package io.pocketllm.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sentence before, while and after a run: who is asked, when again, and what is shown. */
class TryItViewModelTest {

    private final InlineTasks tasks = new InlineTasks();
    private final FakeRun.Launcher launcher = new FakeRun.Launcher();
    private final TrainViewModel train = new TrainViewModel(launcher, tasks);
    private final TryItViewModel tryIt = new TryItViewModel(train, launcher, tasks);

    @BeforeEach
    void aSentence() {
        tryIt.setUpProperty().set(Sample.file());
        tryIt.textProperty().set("  Can you come?  ");
    }

    private FakeRun running() {
        train.start(Sample.file());
        FakeRun run = launcher.last();
        run.say(Sample.started(0, 600));
        run.say(Sample.step(1, 1.2));
        tasks.tick();
        return run;
    }

    private static Map<String, Double> probabilities(double first) {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("reply now", first);
        all.put("ignore", 1 - first);
        return all;
    }

    private static Event.Prediction answer(long id, int step, double before, double now) {
        return new Event.Prediction(
                3000 + 200L * step,
                id,
                "Can you come?",
                step,
                probabilities(now),
                probabilities(before),
                null);
    }

    @Test
    void before_a_run_a_process_tells_what_the_untrained_model_thinks() {
        tryIt.ask();
        assertThat(tryIt.askingProperty().get()).isTrue();
        assertThat(launcher.questions()).containsExactly("inbox-nurse: Can you come?");
        launcher.answer(answer(0, 0, 0.4, 0.4));
        assertThat(tryIt.askingProperty().get()).isFalse();
        assertThat(tryIt.statusProperty().get()).isEqualTo("Before training");
        assertThat(tryIt.rowsProperty().get())
                .containsExactly(
                        new TryItViewModel.Row("reply now", 0.4, 0.4),
                        new TryItViewModel.Row("ignore", 0.6, 0.6));
    }

    @Test
    void a_run_that_goes_on_is_asked_itself_and_again_when_it_has_gone_on() {
        FakeRun run = running();
        tryIt.ask();
        assertThat(launcher.questions()).isEmpty();
        assertThat(run.asked()).hasSize(1);
        run.say(answer(run.asked().getLast().id(), 1, 0.4, 0.5));
        tasks.tick();
        assertThat(tryIt.rowsProperty().get())
                .first()
                .isEqualTo(new TryItViewModel.Row("reply now", 0.4, 0.5));

        run.say(Sample.step(2, 1.1));
        tasks.tick();
        assertThat(run.asked()).as("too early to ask again").hasSize(1);
        run.say(Sample.step(30, 1.1));
        tasks.tick();
        assertThat(run.asked()).hasSize(2);
        assertThat(tryIt.rowsProperty().get()).as("kept until the answer").isNotEmpty();
        run.say(Sample.step(60, 1.1));
        tasks.tick();
        assertThat(run.asked()).as("not asked while an answer is on its way").hasSize(2);
        run.say(answer(run.asked().getLast().id(), 60, 0.4, 0.9));
        tasks.tick();
        assertThat(tryIt.statusProperty().get()).isEqualTo("After step 60");
        assertThat(tryIt.summary()).contains("reply now: 40.0 % before, 90.0 % now");
    }

    @Test
    void a_sentence_is_asked_before_the_first_step_of_a_new_run() {
        tryIt.ask();
        launcher.answer(answer(0, 0, 0.4, 0.4));
        train.start(Sample.file());
        assertThat(launcher.last().asked())
                .singleElement()
                .satisfies(q -> assertThat(q.text()).isEqualTo("Can you come?"));
    }

    @Test
    void after_a_run_the_checkpoint_is_asked_by_itself() {
        FakeRun run = running();
        tryIt.ask();
        run.say(new Event.Finished(9000, 600, false, 0.4, 0.8, 0.5, 0.8, 1));
        run.exit(ExitCode.DONE);
        tasks.tick();
        assertThat(launcher.questions()).hasSize(1).first().asString().contains("fake");
        launcher.answer(answer(0, 600, 0.4, 0.95));
        assertThat(tryIt.statusProperty().get()).isEqualTo("After step 600");
    }

    @Test
    void an_answer_to_an_older_question_is_passed_over_and_its_process_ended() {
        tryIt.ask();
        tryIt.textProperty().set("Another one");
        tryIt.ask();
        assertThat(launcher.questions()).hasSize(2);
        tryIt.close();
        assertThat(launcher.lastQuestionClosed()).isTrue();
        launcher.answer(answer(0, 0, 0.4, 0.4));
        assertThat(tryIt.rowsProperty().get()).isEmpty();
    }

    @Test
    void what_goes_wrong_is_said_and_the_next_question_works() {
        tryIt.ask();
        launcher.answerNothing("runs/gone: there is no such folder");
        assertThat(tryIt.statusProperty().get()).isEqualTo("runs/gone: there is no such folder");
        tryIt.ask();
        launcher.answer(answer(0, 0, 0.4, 0.4));
        assertThat(tryIt.rowsProperty().get()).hasSize(2);
    }

    @Test
    void a_start_that_is_not_known_is_left_out_with_the_reason() {
        FakeRun run = running();
        tryIt.ask();
        run.say(
                new Event.Prediction(
                        4000,
                        run.asked().getLast().id(),
                        "Can you come?",
                        9,
                        probabilities(0.7),
                        null,
                        "What moves is too much."));
        tasks.tick();
        assertThat(tryIt.rowsProperty().get().getFirst().before()).isNaN();
        assertThat(tryIt.statusProperty().get()).isEqualTo("After step 9. What moves is too much.");
    }

    @Test
    void a_killed_run_keeps_the_last_answer_and_says_so() {
        FakeRun run = running();
        tryIt.ask();
        run.say(answer(run.asked().getLast().id(), 1, 0.4, 0.5));
        run.say(new Event.Killed(4000, "above", "hint", 2, 1, 12));
        run.exit(ExitCode.KILLED);
        tasks.tick();
        assertThat(tryIt.rowsProperty().get()).hasSize(2);
        assertThat(tryIt.statusProperty().get()).isEqualTo("After step 1, before the run ended.");
    }

    @Test
    void a_blank_text_asks_nothing() {
        tryIt.textProperty().set(" \n ");
        tryIt.ask();
        assertThat(launcher.questions()).isEmpty();
        assertThat(tryIt.askingProperty().get()).isFalse();
    }
}
