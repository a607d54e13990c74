package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.phone.PhoneException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SyncConnectionTest {

    private FakeAdbServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeAdbServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private SyncConnection open() throws PhoneException {
        return server.phone().sync(Duration.ofSeconds(20), new Cancellation());
    }

    @Test
    void aFileIsSentInPacketsOfAtMost64KiBWithItsModeInDecimal() throws IOException {
        byte[] content = new byte[150_000];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        List<String> packets = new ArrayList<>();
        server.on(
                "sync:",
                wire -> {
                    wire.okay();
                    wire.syncId();
                    packets.add(wire.text(wire.number));
                    String id = wire.syncId();
                    for (; id.equals("DATA"); id = wire.syncId()) {
                        packets.add(id + " " + wire.number);
                        received.write(wire.read(wire.number));
                    }
                    packets.add(id);
                    wire.sync("OKAY", 0, new byte[0]);
                });
        List<Long> progress = new ArrayList<>();
        try (SyncConnection sync = open()) {
            sync.push(new ByteArrayInputStream(content), "/data/x", 0644, progress::add);
        }

        assertThat(packets)
                .containsExactly("/data/x,33188", "DATA 65536", "DATA 65536", "DATA 18928", "DONE");
        assertThat(received.toByteArray()).isEqualTo(content);
        assertThat(progress).containsExactly(65536L, 131072L, 150_000L);
    }

    @Test
    void aRefusalInTheMiddleSaysThatTheStorageIsFull() {
        byte[] why = "couldn't write: No space left on device".getBytes(StandardCharsets.UTF_8);
        server.on(
                "sync:",
                wire -> {
                    wire.okay();
                    wire.syncId();
                    wire.text(wire.number);
                    wire.sync("FAIL", why.length, why);
                    wire.awaitHangUp();
                });

        assertThatThrownBy(
                        () -> {
                            try (SyncConnection sync = open()) {
                                sync.push(
                                        new ByteArrayInputStream(new byte[1 << 20]),
                                        "/data/x",
                                        0644,
                                        sent -> {});
                            }
                        })
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NO_ROOM));
    }

    @Test
    void aFileIsFetchedPacketByPacket() throws IOException {
        server.on(
                "sync:",
                wire -> {
                    wire.okay();
                    wire.syncId();
                    wire.text(wire.number);
                    wire.sync("DATA", 3, "abc".getBytes())
                            .sync("DATA", 2, "de".getBytes())
                            .sync("DONE", 0, new byte[0]);
                });
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        try (SyncConnection sync = open()) {
            assertThat(sync.pull("/data/x", to, bytes -> {})).isEqualTo(5);
        }

        assertThat(to).hasToString("abcde");
    }

    @Test
    void aFileThatIsNotThereIsSaidInThePhonesWords() {
        byte[] why = "open failed: No such file or directory".getBytes(StandardCharsets.UTF_8);
        server.on(
                "sync:",
                wire -> {
                    wire.okay();
                    wire.syncId();
                    wire.text(wire.number);
                    wire.sync("FAIL", why.length, why);
                });

        assertThatThrownBy(
                        () -> {
                            try (SyncConnection sync = open()) {
                                sync.pull("/data/x", new ByteArrayOutputStream(), bytes -> {});
                            }
                        })
                .hasMessageContaining("No such file");
    }

    @Test
    void aStatTellsSizesAbove4GigabytesAndAbsence() throws IOException {
        server.on(
                "sync:",
                wire -> {
                    wire.okay();
                    for (int i = 0; i < 2; i++) {
                        assertThat(wire.syncId()).isEqualTo("STA2");
                        boolean there = wire.text(wire.number).equals("/data/big");
                        ByteBuffer answer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
                        answer.putInt(16, there ? 0100644 : 0).putLong(32, there ? 6L << 30 : 0);
                        wire.sync("STA2", there ? 0 : 2, answer.array());
                    }
                });
        try (SyncConnection sync = open()) {
            assertThat(sync.stat("/data/big")).contains(new SyncConnection.Stat(true, 6L << 30));
            assertThat(sync.stat("/data/none")).isEqualTo(Optional.empty());
        }
    }
}
