package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file's bytes, read by a reader and a checksum written from the description alone. */
class TrajectoryWriterTest {

    private static final int HEADER = 24;
    private static final int RECORD_OF_TWO = 4 + 4 + 2 * 4 + 4;

    @TempDir private Path folder;

    @Test
    void theBytesAreAsDescribed() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(written(-5, 3)).order(ByteOrder.LITTLE_ENDIAN);

        byte[] magic = new byte[4];
        file.get(magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("ZOT1");
        assertThat(file.getInt()).as("version").isEqualTo(1);
        assertThat(file.getLong()).as("seed").isEqualTo(-5);
        assertThat(file.getInt()).as("directions").isEqualTo(2);
        assertThat(file.getInt()).as("checksum").isEqualTo(crc32c(file.array(), 0, 20));
        for (int step = 1; step <= 3; step++) {
            int from = file.position();
            assertThat(file.getInt()).isEqualTo(step);
            assertThat(file.getFloat()).isEqualTo(0.5f / step);
            assertThat(file.getFloat()).isEqualTo(1.25f * step);
            assertThat(file.getFloat()).isEqualTo(-step);
            assertThat(file.getInt()).isEqualTo(crc32c(file.array(), from, 16));
        }
        assertThat(file.hasRemaining()).isFalse();
    }

    /** A run may be killed at any byte. */
    @Test
    void wheresoeverTheFileIsTornTheWholeRecordsBeforeAreFound() throws IOException {
        byte[] whole = written(1, 4);
        for (int length = HEADER; length <= whole.length; length++) {
            List<Integer> steps = wholeSteps(Arrays.copyOf(whole, length));

            assertThat(steps).hasSize((length - HEADER) / RECORD_OF_TWO);
        }
    }

    @Test
    void aTailOfZerosOrOneFlippedBitIsNoRecord() throws IOException {
        byte[] whole = written(1, 2);

        // Some file systems lengthen a file before they write into it.
        assertThat(wholeSteps(Arrays.copyOf(whole, whole.length + RECORD_OF_TWO)))
                .containsExactly(1, 2);
        for (int bit = 0; bit < 8 * RECORD_OF_TWO; bit++) {
            byte[] damaged = whole.clone();
            damaged[HEADER + RECORD_OF_TWO + bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(wholeSteps(damaged)).as("bit %d", bit).containsExactly(1);
        }
    }

    @Test
    void everyRecordIsOnDiskAsSoonAsItIsAppended() throws IOException {
        Path file = folder.resolve("trajectory.zot");
        try (TrajectoryWriter writer = new TrajectoryWriter(file, 1, 2)) {
            assertThat(Files.size(file)).isEqualTo(HEADER);
            for (int step = 1; step <= 3; step++) {
                writer.append(result(step));
                assertThat(wholeSteps(Files.readAllBytes(file))).hasSize(step);
            }
        }
    }

    @Test
    void aNewRunStartsANewFile() throws IOException {
        written(1, 9);

        assertThat(wholeSteps(written(2, 1))).containsExactly(1);
    }

    private byte[] written(long seed, int steps) throws IOException {
        Path file = folder.resolve("trajectory.zot");
        try (TrajectoryWriter writer = new TrajectoryWriter(file, seed, 2)) {
            for (int step = 1; step <= steps; step++) {
                writer.append(result(step));
            }
        }
        return Files.readAllBytes(file);
    }

    private static StepResult result(int step) {
        return new StepResult(step, 1, 1, new float[] {1.25f * step, -step}, 0.5f / step);
    }

    /** Steps up to the first record that is torn or whose checksum is wrong. */
    private static List<Integer> wholeSteps(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> steps = new ArrayList<>();
        for (int at = HEADER; at + RECORD_OF_TWO <= file.length; at += RECORD_OF_TWO) {
            if (bytes.getInt(at + 16) != crc32c(file, at, 16)) {
                break;
            }
            steps.add(bytes.getInt(at));
        }
        return steps;
    }

    /** Castagnoli's polynomial, bit by bit (RFC 3720, appendix B.4). */
    private static int crc32c(byte[] bytes, int from, int length) {
        int crc = -1;
        for (int i = from; i < from + length; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82F63B78;
            }
        }
        return ~crc;
    }

    @Test
    void theChecksumOfThisTestIsThePublishedOne() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertThat(crc32c(digits, 0, 9)).isEqualTo(0xE3069283);
    }
}
