package io.pocketllm.app.phones;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakePhones;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.train.RunState;
import io.pocketllm.phone.PhoneReading;
import io.pocketllm.phone.Told;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sending to phones and running there, without a window and without phones. */
class PhoneWorkTest extends PhonesTest {

    @Test
    void sending_shows_each_part_with_its_bytes_and_what_was_there() {
        PhoneViewModel phone = openWithOne();
        List<String> doing = new ArrayList<>();
        List<List<String>> states = new ArrayList<>();
        engine.during =
                (progress, cancellation) -> {
                    progress.accept(
                            FakePhones.progress(
                                    "engine/bundle.tar",
                                    87_000_000,
                                    0,
                                    part(TransferKind.ENGINE, 87_000_000, 87_000_000, 87_000_000)));
                    doing.add(phone.transfer().doingProperty().get());
                    progress.accept(
                            FakePhones.progress(
                                    "models/m/model.bin",
                                    45_000_000,
                                    30_000_000,
                                    part(TransferKind.RUN, 4_000, 0, 0),
                                    part(TransferKind.MODEL, 90_000_000, 45_000_000, 0),
                                    part(TransferKind.DATA, 1_100_000, 0, 0)));
                    states.add(phone.transfer().rows().stream().map(TransferRow::status).toList());
                    doing.add(phone.transfer().doingProperty().get());
                    assertThat(phone.transfer().busyProperty().get()).isTrue();
                    assertThat(phone.hold()).isEqualTo("Something goes on already.");
                    progress.accept(
                            FakePhones.progress(
                                    "runs/x/run.json",
                                    91_104_000,
                                    30_000_000,
                                    part(TransferKind.RUN, 4_000, 4_000, 0),
                                    part(TransferKind.MODEL, 90_000_000, 90_000_000, 0),
                                    part(TransferKind.DATA, 1_100_000, 1_100_000, 0)));
                    doing.add(phone.transfer().doingProperty().get());
                };
        phone.runThere();
        assertThat(states.getFirst())
                .containsExactly(
                        "already there, same checksum", "30 MB/s, 2 s left", "waiting", "waiting");
        assertThat(doing)
                .containsExactly(
                        "Looking what is on the phone…",
                        "Sending: 45 MB of 91 MB, 2 s left",
                        "Starting the run on the phone…");
        assertThat(phone.transfer().rows())
                .extracting(TransferRow::name)
                .containsExactly(
                        "engine", "model minilm", "data and tokenizer", "run file and profile");
        assertThat(phone.transfer().rows()).allMatch(row -> row.fraction() == 1);
        assertThat(phone.transfer().toldProperty().get())
                .isEqualTo("Sent, and started on the phone.");
    }

    @Test
    void sending_can_be_cancelled_and_begun_again() {
        PhoneViewModel phone = openWithOne();
        engine.during = (progress, cancellation) -> phone.transfer().cancel();
        phone.runThere();
        assertThat(phone.transfer().toldProperty().get()).startsWith("Cancelled. Nothing half");
        assertThat(phone.transfer().troubleProperty().get()).isEqualTo(Trouble.NONE);
        assertThat(phone.run().stateProperty().get()).isEqualTo(RunState.READY);
        engine.during = (progress, cancellation) -> {};
        phone.send();
        assertThat(phone.transfer().toldProperty().get())
                .startsWith("Sent 5 files, 92 MB; 1 were there already.");
    }

    @Test
    void a_cut_link_is_said_with_what_to_do() {
        PhoneViewModel phone = openWithOne();
        engine.during =
                (progress, cancellation) -> {
                    throw lost();
                };
        phone.send();
        assertThat(phone.transfer().troubleProperty().get().text())
                .isEqualTo("The link was lost. Plug it in again.");
        assertThat(phone.transfer().busyProperty().get()).isFalse();
    }

    @Test
    void a_run_that_is_not_ready_and_a_phone_without_an_engine_hold_the_buttons() {
        hold.set("batch: is no number");
        PhoneViewModel phone = openWithOne();
        assertThat(phone.hold()).contains("batch: is no number");
        phone.send();
        assertThat(engine.asked()).noneMatch(each -> each.startsWith("send"));
        hold.set("");
        phones.open();
        assertThat(phone.hold()).isEmpty();
        engine.tells(
                "1a2b3c4d",
                new PhoneReading(
                        FakePhones.told("Old 1"),
                        FakePhones.told("Old"),
                        FakePhones.told("MT1"),
                        FakePhones.told("9"),
                        new Told<>(null, "its system is a 32-bit one"),
                        FakePhones.told(1L << 30),
                        FakePhones.told(1L << 29),
                        FakePhones.told(0L),
                        FakePhones.reading("x").clusters(),
                        FakePhones.told(50.0),
                        FakePhones.told(20.0),
                        FakePhones.told(false),
                        FakePhones.told(3000),
                        FakePhones.told(0),
                        Map.of(),
                        FakePhones.told(1L << 30)));
        phone.reading().read();
        assertThat(phone.hold()).isEmpty();
        assertThat(phone.holdRun()).contains("its system is a 32-bit one");
        phone.runThere();
        assertThat(engine.asked()).noneMatch(each -> each.startsWith("start"));
    }

    @Test
    void a_run_there_is_steered_and_told_to_its_end() {
        PhoneViewModel phone = openWithOne();
        PhoneRunViewModel run = phone.run();
        phone.runThere();
        assertThat(phones.shownRunProperty().get()).isEqualTo(Path.of("runs", "fake"));
        play("1a2b3c4d", Sample.started(512 * Sample.MB, 100), Sample.step(1, 1.2));
        assertThat(PhoneRunWords.state(run)).isEqualTo("Step 1 of 100");
        play("1a2b3c4d", Sample.step(2, 1.0), Sample.memory(2400, 280, 512));
        assertThat(PhoneRunWords.figures(run))
                .containsSubsequence(
                        "loss, last steps",
                        "1.100",
                        "memory",
                        "280 MB of 512 MB",
                        "peak memory",
                        "280 MB",
                        "time of a step",
                        "0.20 s");
        run.togglePause();
        play("1a2b3c4d", new Event.Paused(2500, 2));
        assertThat(PhoneRunWords.state(run)).isEqualTo("Paused at step 2 of 100");
        run.togglePause();
        run.evaluate();
        play("1a2b3c4d", new Event.Resumed(2600, 2));
        assertThat(phone.holdRun()).startsWith("A run goes on there already");
        run.stop();
        assertThat(engine.run("1a2b3c4d").commands())
                .containsExactly("pause", "resume", "evaluate", "stop");
        assertThat(PhoneRunWords.state(run)).isEqualTo("Stopping after this step…");
        engine.fetching =
                FakePhones.progress(
                        "runs/x/checkpoint/head.safetensors",
                        1_000_000,
                        1e6,
                        part(TransferKind.RUN, 4_000_000, 1_000_000, 0));
        tasks.tick();
        assertThat(PhoneRunWords.timeLeft(run))
                .isEqualTo("It has ended there; fetching head.safetensors, 1 MB of 4 MB");
        play("1a2b3c4d", new Event.Finished(9000, 3, true, 0.9, 0.7, 0.57, null, 290 * Sample.MB));
        engine.run("1a2b3c4d").exit(ExitCode.DONE);
        tasks.tick();
        assertThat(PhoneRunWords.state(run)).isEqualTo("Stopped at step 2 of 100");
        assertThat(PhoneRunWords.outcome(run))
                .isEqualTo(
                        "Held-out accuracy from 57.0 % to 70.0 %. What it has learned is here. It"
                                + " held at most 290 MB.");
        assertThat(phone.holdRun()).isEmpty();
    }

    @Test
    void a_phone_that_goes_away_stays_in_sight_while_its_run_goes_on() {
        PhoneViewModel phone = openWithOne();
        phone.runThere();
        play("1a2b3c4d", Sample.started(512 * Sample.MB, 100), Sample.step(1, 1.2));
        engine.list();
        assertThat(phones.phones()).containsExactly(phone);
        assertThat(phone.stateWords()).isEqualTo("is not connected");
        assertThat(PhoneRunWords.note(phone.run()))
                .startsWith("The phone is away. The run goes on");
        engine.list(FakePhones.ready("1a2b3c4d", "CPH2251"));
        play("1a2b3c4d", new Event.Warning(3000, "The phone is back.", "Its events follow."));
        assertThat(PhoneRunWords.note(phone.run()))
                .isEqualTo("The phone is back. Its events follow.");
        engine.list(FakePhones.ready("other", "Pixel_8"));
        assertThat(phones.phones()).hasSize(2);
    }

    @Test
    void several_phones_keep_their_own_state() {
        engine.list(FakePhones.ready("one", "A"), FakePhones.ready("two", "B"));
        phones.open();
        PhoneViewModel one = phones.phones().getFirst();
        PhoneViewModel two = phones.phones().getLast();
        assertThat(phones.selectedProperty().get()).isEqualTo(one);
        one.runThere();
        phones.selectedProperty().set(two);
        assertThat(engine.asked()).contains("read one", "read two");
        engine.runsIn(Path.of("runs", "second"));
        two.runThere();
        play("one", Sample.started(512 * Sample.MB, 100), Sample.step(7, 1));
        play("two", Sample.started(512 * Sample.MB, 50), Sample.step(3, 1));
        assertThat(PhoneRunWords.state(one.run())).isEqualTo("Step 7 of 100");
        assertThat(PhoneRunWords.state(two.run())).isEqualTo("Step 3 of 50");
        assertThat(phones.shownRunProperty().get()).isEqualTo(Path.of("runs", "second"));
        phones.selectedProperty().set(one);
        assertThat(phones.shownRunProperty().get()).isEqualTo(Path.of("runs", "fake"));
        assertThat(phones.isFollowing(Path.of("runs", "second"))).isTrue();
        phones.close();
        assertThat(engine.asked()).contains("detach one", "detach two");
        assertThat(engine.run("one").commands()).isEmpty();
    }

    @Test
    void a_run_that_was_left_is_followed_again_with_what_is_known_of_it() {
        Path folder = home.resolve("2026-01-01-120000-nurse");
        engine.left = List.of(new PhoneEngine.Left(folder, "1a2b3c4d", "nurse"));
        engine.known = List.of(Sample.started(512 * Sample.MB, 100), Sample.step(40, 0.8));
        PhoneViewModel phone = openWithOne();
        assertThat(phone.run().left()).hasSize(1);
        phone.fetch();
        tasks.tick();
        assertThat(PhoneRunWords.state(phone.run())).isEqualTo("Step 40 of 100");
        assertThat(phone.run().left()).isEmpty();
        assertThat(phones.shownRunProperty().get()).isEqualTo(folder);
        play("1a2b3c4d", new Event.Failed(9, "The run on the phone is gone.", "It was restarted."));
        engine.left = List.of();
        engine.run("1a2b3c4d").exit(ExitCode.PHONE_ERROR);
        tasks.tick();
        assertThat(PhoneRunWords.outcome(phone.run()))
                .isEqualTo("The run on the phone is gone. It was restarted.");
    }

    @Test
    void a_run_of_a_phone_that_never_comes_back_can_be_given_up() {
        engine.left = List.of(new PhoneEngine.Left(home.resolve("run"), "lost", "nurse"));
        phones.open();
        PhoneRunViewModel run = only().run();
        dialogs.agrees = false;
        run.giveUp(run.left().getFirst());
        assertThat(only().staysWhenAway()).isTrue();
        dialogs.agrees = true;
        run.giveUp(run.left().getFirst());
        assertThat(engine.asked()).contains("give up nurse");
        assertThat(phones.phones()).isEmpty();
    }

    @Test
    void cleaning_asks_first_and_says_what_is_left() {
        PhoneViewModel phone = openWithOne();
        dialogs.agrees = false;
        phone.clean();
        assertThat(engine.asked()).noneMatch(each -> each.startsWith("clean"));
        dialogs.agrees = true;
        phone.clean();
        assertThat(phone.transfer().toldProperty().get()).startsWith("Removed; nothing");
        engine.leftByCleaning = List.of("holiday.jpg");
        phone.clean();
        assertThat(phone.transfer().toldProperty().get()).contains("not ours: holiday.jpg");
    }

    @Test
    void what_a_run_has_learned_is_sent() {
        engine.learned =
                List.of(new PhoneEngine.Learned(home.resolve("a-run"), "a run", "accuracy 80 %"));
        PhoneViewModel phone = openWithOne();
        assertThat(phones.toSend().learned()).hasSize(1);
        phone.sendLearned(phones.toSend().learned().getFirst().folder());
        assertThat(phone.transfer().toldProperty().get())
                .contains("/data/local/tmp/pocketllm/tuned/a-run/tuned.json");
    }

    @Test
    void closing_asks_while_something_is_sent() {
        PhoneViewModel phone = openWithOne();
        dialogs.agrees = false;
        List<Boolean> may = new ArrayList<>();
        engine.during = (progress, cancellation) -> may.add(phones.mayClose());
        phone.send();
        assertThat(may).containsExactly(false);
        assertThat(phones.mayClose()).isTrue();
    }

    @Test
    void a_model_that_is_not_there_holds_sending_back() {
        setUp.set(null);
        PhoneViewModel phone = openWithOne();
        assertThat(phone.hold()).isEqualTo("Nothing is set up in Train yet.");
        setUp.set(Sample.file());
        tasks.tick();
        assertThat(phone.hold()).isEmpty();
        assertThat(phones.toSend().setUpProperty().get().words())
                .startsWith("inbox-nurse · minilm · ")
                .endsWith(" · 600 steps");
    }
}
