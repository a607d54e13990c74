package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.phone.PhoneException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files on a real adbd: whole or not there, whatever happens on the way. */
@OnRealAdbd
@Timeout(120)
class PushToRealAdbdTest {

    /** Progress is told ten times a second: a push that is over sooner has no middle. */
    private static final int LONG_PUSH_BYTES = 240_000_000;

    private static final Consumer<TransferProgress> NOBODY = progress -> {};

    @TempDir private Path folder;

    private static PhoneLab lab;
    private static PhoneLab.FakePhone fake;

    @BeforeAll
    static void startAPhone() throws IOException {
        lab = new PhoneLab();
        fake = lab.phone("oppo-reno6-5g", "x86_64", 0);
    }

    @AfterAll
    static void endIt() throws IOException {
        lab.close();
    }

    @AfterEach
    void cleanUp() throws IOException {
        new PhoneStorage(fake.connected()).clean(new Cancellation());
    }

    private Path random(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }

    private static Path onPhone(String path) {
        return fake.file(PhonePaths.BASE + "/" + path);
    }

    @Test
    void twoHundredMegabytesArriveWithTheirChecksumAndAreNotSentAgain() throws IOException {
        Path file = random("model.onnx", 200_000_000);
        PhoneStorage storage = new PhoneStorage(fake.connected());
        List<TransferProgress> progress = new ArrayList<>();

        var first =
                storage.push(
                        List.of(PhoneFile.of("models/m.onnx", file)),
                        progress::add,
                        new Cancellation());
        var second =
                storage.push(
                        List.of(PhoneFile.of("models/m.onnx", file)), NOBODY, new Cancellation());

        assertThat(first).isEqualTo(new PhoneStorage.Report(200_000_000, 1, 0));
        assertThat(second).isEqualTo(new PhoneStorage.Report(0, 0, 1));
        assertThat(Files.mismatch(file, onPhone("models/m.onnx"))).isEqualTo(-1);
        assertThat(onPhone("models/m.onnx.part")).doesNotExist();
        assertThat(progress.getLast().doneBytes()).isEqualTo(200_000_000);
        assertThat(progress).extracting(TransferProgress::doneBytes).isSorted();
        assertThat(progress.getLast().bytesPerSecond()).isPositive();
    }

    @Test
    void cutTwentyTimesAtRandomItIsNeverHalfThereAndGoesOnWhereItStopped() throws IOException {
        int size = 24_000_000;
        Path file = random("weights.bin", size);
        Random random = new Random(4);
        try (Gate gate = new Gate(fake.port, Gate.Mode.OPEN)) {
            Phone phone = lab.connect(gate.serial());
            PhoneStorage storage = new PhoneStorage(phone);
            long sentInPieces = 0;
            for (int cut = 0; cut < 20; cut++) {
                lab.awaitReady(gate.serial());
                gate.cutAfter(1 + random.nextInt(2_000_000));
                long[] sent = {0};
                long before = partSize();
                assertThatThrownBy(
                                () ->
                                        storage.push(
                                                List.of(PhoneFile.of("w.bin", file)),
                                                p -> sent[0] = p.doneBytes(),
                                                new Cancellation()))
                        .isInstanceOfSatisfying(
                                PhoneException.class, e -> assertThat(e.mayPass()).isTrue());
                assertThat(onPhone("w.bin")).doesNotExist();
                assertThat(partSize()).as("what was there is kept").isGreaterThanOrEqualTo(before);
                sentInPieces = partSize();
            }
            lab.awaitReady(gate.serial());
            var report =
                    storage.push(List.of(PhoneFile.of("w.bin", file)), NOBODY, new Cancellation());

            assertThat(sentInPieces).isGreaterThan(1_000_000);
            assertThat(report.sentBytes()).isEqualTo(size - sentInPieces);
            assertThat(Files.mismatch(file, onPhone("w.bin"))).isEqualTo(-1);
            assertThat(onPhone("w.bin.part")).doesNotExist();
        }
    }

    private static long partSize() throws IOException {
        Path part = onPhone("w.bin.part");
        return Files.exists(part) ? Files.size(part) : 0;
    }

    @Test
    void aPartOfSomethingElseIsNotContinued() throws IOException {
        Path file = random("a.bin", 3_000_000);
        Phone phone = fake.connected();
        PhoneStorage storage = new PhoneStorage(phone);
        storage.push(List.of(PhoneFile.of("x", new byte[] {1})), NOBODY, new Cancellation());
        phone.run(
                "head -c 500000 /dev/zero > " + PhonePaths.BASE + "/a.bin.part",
                Phone.SHORT,
                new Cancellation());
        assertThat(onPhone("a.bin.part")).hasSize(500_000);

        storage.push(List.of(PhoneFile.of("a.bin", file)), NOBODY, new Cancellation());

        assertThat(Files.mismatch(file, onPhone("a.bin"))).isEqualTo(-1);
    }

    @Test
    void aChangedFileReplacesTheOldOneInOneMove() throws IOException {
        PhoneStorage storage = new PhoneStorage(fake.connected());
        storage.push(List.of(PhoneFile.of("run.json", bytes("one"))), NOBODY, new Cancellation());
        storage.push(List.of(PhoneFile.of("run.json", bytes("two"))), NOBODY, new Cancellation());

        assertThat(onPhone("run.json")).hasContent("two");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void hostileNamesArriveAsTheyAreAndNothingOfThemIsRun() throws IOException {
        List<String> names =
                List.of(
                        "it's here",
                        "$(touch hacked)",
                        "`touch hacked`",
                        "a;touch hacked",
                        "-rf",
                        "*",
                        "\"quoted\"",
                        "é🚴",
                        "back\\slash",
                        "a&b|c>d",
                        " space ");
        PhoneStorage storage = new PhoneStorage(fake.connected());
        List<PhoneFile> files = new ArrayList<>();
        for (String name : names) {
            files.add(PhoneFile.of("odd/" + name, bytes(name)));
        }
        storage.push(files, NOBODY, new Cancellation());

        for (String name : names) {
            assertThat(onPhone("odd/" + name)).hasContent(name);
        }
        try (var there = Files.list(onPhone("odd"))) {
            assertThat(there).hasSize(names.size());
        }
        assertThat(storage.clean(new Cancellation())).isEmpty();
        assertThat(fake.file(PhonePaths.BASE)).doesNotExist();
        assertThat(fake.file("/data/local/tmp/hacked")).doesNotExist();
    }

    @Test
    void cleaningRemovesWhatWasSentAndNothingElse() throws IOException {
        PhoneStorage storage = new PhoneStorage(fake.connected());
        storage.push(
                List.of(PhoneFile.of("a/b/c", bytes("ours")), PhoneFile.of("a/d", bytes("ours"))),
                NOBODY,
                new Cancellation());
        Files.writeString(onPhone("a/theirs"), "theirs");

        assertThat(storage.clean(new Cancellation())).containsExactly("a");

        assertThat(onPhone("a/theirs")).hasContent("theirs");
        assertThat(onPhone("a/b")).doesNotExist();
        assertThat(onPhone("a/d")).doesNotExist();
        Files.delete(onPhone("a/theirs"));
        Files.delete(onPhone("a"));
    }

    @Test
    void aPushCanBeCancelledAndContinued() throws IOException {
        byte[] content = Files.readAllBytes(random("c.bin", 30_000_000));
        PhoneStorage storage = new PhoneStorage(fake.connected());
        Cancellation cancellation = new Cancellation();
        int[] opened = {0};
        PhoneFile.Content cancelsOnTheWay =
                () -> {
                    // Read once for its checksum, and then to be sent.
                    boolean sending = ++opened[0] == 2;
                    return new ByteArrayInputStream(content) {
                        @Override
                        public synchronized int read(byte[] to, int from, int length) {
                            if (sending && pos > 5_000_000) {
                                cancellation.cancel();
                            }
                            return super.read(to, from, length);
                        }
                    };
                };

        assertThatThrownBy(
                        () ->
                                storage.push(
                                        List.of(
                                                new PhoneFile(
                                                        "c.bin", content.length, cancelsOnTheWay)),
                                        NOBODY,
                                        cancellation))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CANCELLED));
        assertThat(onPhone("c.bin")).doesNotExist();

        var report =
                storage.push(List.of(PhoneFile.of("c.bin", content)), NOBODY, new Cancellation());
        assertThat(report.sentBytes()).isBetween(1L, content.length - 1L);
        assertThat(onPhone("c.bin")).hasBinaryContent(content);
    }

    @Test
    void aFullStorageIsSaidBeforeAnythingIsSent() throws IOException {
        PhoneLab.FakePhone small = lab.phone("redmi-12c", "x86_64", 64);
        PhoneStorage storage = new PhoneStorage(small.connected());
        Path file = random("big.bin", 40_000_000);

        assertThatThrownBy(
                        () ->
                                storage.push(
                                        List.of(PhoneFile.of("big.bin", file)),
                                        NOBODY,
                                        new Cancellation()))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.NO_ROOM);
                            assertThat(e.getMessage()).contains("MB free", "are needed");
                            assertThat(e.hint()).contains("clean");
                        });
        small.end();
    }

    @Test
    void aStorageThatFillsUpOnTheWayIsSaidAndLeavesNoFile() throws IOException {
        PhoneLab.FakePhone small = lab.phone("redmi-12c", "x86_64", 64);
        Phone phone = small.connected();
        PhoneFile file =
                new PhoneFile(
                        "grows.bin",
                        // Says that it fits, and is larger: as when another app fills the phone.
                        2_000_000,
                        () -> new EndlessZeros(100_000_000));

        assertThatThrownBy(
                        () ->
                                new PhoneStorage(phone)
                                        .push(List.of(file), NOBODY, new Cancellation()))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isIn(Reason.NO_ROOM, Reason.LINK_LOST));
        ShellResult left = phone.run("ls " + PhonePaths.BASE, Phone.SHORT, new Cancellation());
        assertThat(left.out().lines()).doesNotContain("grows.bin");
        small.end();
    }

    private static final class EndlessZeros extends InputStream {
        private int left;

        EndlessZeros(int bytes) {
            left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] to, int from, int length) {
            int n = Math.min(length, left);
            left -= n;
            return n > 0 ? n : -1;
        }
    }

    @Test
    void aServerKilledInTheMiddleIsALostLinkAndTheNextPushGoesOn() throws IOException {
        Path file = random("k.bin", LONG_PUSH_BYTES);
        PhoneStorage storage = new PhoneStorage(fake.connected());
        boolean[] killed = {false};

        assertThatThrownBy(
                        () ->
                                storage.push(
                                        List.of(PhoneFile.of("k.bin", file)),
                                        p -> {
                                            if (p.doneBytes() > 2_000_000 && !killed[0]) {
                                                killed[0] = true;
                                                try {
                                                    lab.killServer();
                                                } catch (IOException e) {
                                                    throw new java.io.UncheckedIOException(e);
                                                }
                                            }
                                        },
                                        new Cancellation()))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.LINK_LOST));
        assertThat(onPhone("k.bin")).doesNotExist();

        var report =
                new PhoneStorage(fake.connected())
                        .push(List.of(PhoneFile.of("k.bin", file)), NOBODY, new Cancellation());
        assertThat(report.sentBytes()).isLessThan(LONG_PUSH_BYTES);
        assertThat(Files.mismatch(file, onPhone("k.bin"))).isEqualTo(-1);
    }

    @Test
    void aFileComesBackAsItIsAndAnAbsentOneIsSaid() throws IOException {
        PhoneStorage storage = new PhoneStorage(fake.connected());
        Path file = random("p.bin", 200_000);
        storage.push(List.of(PhoneFile.of("p.bin", file)), NOBODY, new Cancellation());
        Path back = folder.resolve("back/p.bin");

        assertThat(storage.pull("p.bin", back, NOBODY, new Cancellation())).isTrue();
        assertThat(storage.pull("none.bin", back, NOBODY, new Cancellation())).isFalse();
        assertThat(Files.mismatch(file, back)).isEqualTo(-1);
    }
}
