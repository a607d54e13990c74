package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file's bytes, read by a reader and a checksum written from the description alone. */
class TrajectoryFileTest {

    private static final int RECORD_OF_TWO = 4 + 4 + 2 * 4 + 4;
    private static final int STEPS = 4;

    @TempDir private Path folder;

    @Test
    void theBytesAreAsDescribed() throws Exception {
        ByteBuffer file = ByteBuffer.wrap(written(-5, 3)).order(ByteOrder.LITTLE_ENDIAN);

        byte[] magic = new byte[4];
        file.get(magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("ZOT2");
        assertThat(file.getInt()).as("version").isEqualTo(2);
        byte[] text = new byte[file.getInt()];
        file.get(text);
        JsonNode header = new JsonMapper().readTree(text);
        assertThat(header.get("seed").longValue()).isEqualTo(-5);
        assertThat(header.get("walk").textValue()).isEqualTo("in-place");
        assertThat(header.at("/method/update").textValue()).isEqualTo("sgd");
        assertThat(header.at("/method/values/directions").intValue()).isEqualTo(2);
        int end = file.position();
        assertThat(file.getInt()).as("checksum").isEqualTo(crc32c(file.array(), 0, end));
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

    @Test
    void whichWayAConservativeUpdateWentIsKept() throws Exception {
        try (TrajectoryWriter writer = new TrajectoryWriter(file(), header(9, CONSERVATIVE))) {
            writer.append(new StepResult(1, 1, 1, new float[] {2, 3}, 0.5f, -1));
            writer.append(new StepResult(2, 1, 1, new float[] {2, 3}, 0.5f, 0));
        }
        try (TrajectoryReader reader = TrajectoryReader.open(file())) {
            assertThat(reader.next().chosen()).isEqualTo(-1);
            assertThat(reader.next().chosen()).isEqualTo(0);
            assertThat(reader.next()).isNull();
        }
    }

    /** A run may be killed at any byte. */
    @Test
    void wheresoeverTheFileIsTornTheWholeRecordsBeforeAreFound() throws Exception {
        byte[] whole = written(1, STEPS);
        int start = whole.length - STEPS * RECORD_OF_TWO;
        for (int length = start; length <= whole.length; length++) {
            int steps = (length - start) / RECORD_OF_TWO;

            assertThat(wholeSteps(Arrays.copyOf(whole, length))).hasSize(steps);
            try (TrajectoryReader reader = TrajectoryReader.open(file())) {
                while (reader.next() != null) {}
                assertThat(reader.wholeBytes()).isEqualTo(start + steps * RECORD_OF_TWO);
            }
        }
    }

    @Test
    void aTailOfZerosIsNoRecord() throws Exception {
        byte[] whole = written(1, 2);

        // Some file systems lengthen a file before they write into it.
        assertThat(wholeSteps(Arrays.copyOf(whole, whole.length + 3 * RECORD_OF_TWO)))
                .containsExactly(1, 2);
    }

    @Test
    void oneFlippedBitInTheLastRecordEndsTheStepsAndInAnEarlierOneIsRefused() throws Exception {
        byte[] whole = written(1, 3);
        int second = whole.length - 2 * RECORD_OF_TWO;
        for (int bit = 0; bit < 8 * RECORD_OF_TWO; bit++) {
            assertThat(wholeSteps(flipped(whole, second + RECORD_OF_TWO, bit)))
                    .as("bit %d", bit)
                    .containsExactly(1, 2);
            byte[] damaged = flipped(whole, second, bit);
            assertThat(catchThrowableOfType(TrajectoryException.class, () -> wholeSteps(damaged)))
                    .as("bit %d", bit)
                    .hasMessageContaining("record of step 2 is damaged");
        }
    }

    @Test
    void aHeaderWithOneFlippedBitOrCutShortIsRefused() throws Exception {
        byte[] whole = written(1, 1);
        int header = whole.length - RECORD_OF_TWO;
        // Each byte once; every bit of it is looked at alike.
        for (int bit = 0; bit < 8 * header; bit += 9) {
            refused(flipped(whole, 0, bit));
        }
        for (int length = 0; length < header; length += length < 20 ? 1 : 17) {
            refused(Arrays.copyOf(whole, length));
        }
    }

    private void refused(byte[] bytes) {
        TrajectoryException refused =
                catchThrowableOfType(TrajectoryException.class, () -> wholeSteps(bytes));
        assertThat(refused).as("nothing was refused").isNotNull();
        assertThat(refused).hasMessageContaining("trajectory.zot");
        assertThat(refused.hint()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "ZOT1, of another version",
        "PK00, no trajectory",
        "{\"a\", no trajectory",
    })
    void aFileOfAnotherKindIsToldByName(String magic, String says) throws Exception {
        byte[] file = written(1, 1);
        System.arraycopy(magic.getBytes(StandardCharsets.US_ASCII), 0, file, 0, 4);

        assertThat(catchThrowableOfType(TrajectoryException.class, () -> wholeSteps(file)))
                .hasMessageContaining(says);
    }

    /** Whole and checksummed, but not a trajectory this program can replay. */
    @ParameterizedTest
    @CsvSource({
        "threefry-2x32-13, threefry-2x32-20",
        "sgd,              later",
        "\"directions\",   \"unknown\"",
        "2.0,              -2.0",
        "method,           metod"
    })
    void aHeaderOfALaterVersionIsRefused(String part, String other) throws Exception {
        byte[] whole = written(1, 1);
        String text =
                new String(whole, 12, whole.length - 16 - RECORD_OF_TWO, StandardCharsets.UTF_8);
        assertThat(text).contains(part);
        byte[] changed = text.replace(part, other).getBytes(StandardCharsets.UTF_8);
        ByteBuffer file =
                ByteBuffer.allocate(16 + changed.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(whole, 0, 8)
                        .putInt(changed.length)
                        .put(changed);
        file.putInt(crc32c(file.array(), 0, file.position()));

        assertThat(catchThrowableOfType(TrajectoryException.class, () -> wholeSteps(file.array())))
                .hasMessageContaining("does not know");
    }

    @Test
    void aStepThatIsMissingOrTwiceIsRefused() throws Exception {
        for (int second : new int[] {1, 3}) {
            try (TrajectoryWriter writer = new TrajectoryWriter(file(), header(1, TWO))) {
                writer.append(result(1));
                writer.append(result(second));
            }
            byte[] bytes = Files.readAllBytes(file());
            assertThat(catchThrowableOfType(TrajectoryException.class, () -> wholeSteps(bytes)))
                    .hasMessageContaining("step " + second + " follows step 1");
        }
    }

    @Test
    void everyRecordIsOnDiskAsSoonAsItIsAppended() throws Exception {
        try (TrajectoryWriter writer = new TrajectoryWriter(file(), header(1, TWO))) {
            long start = Files.size(file());
            for (int step = 1; step <= 3; step++) {
                writer.append(result(step));
                assertThat(Files.size(file())).isEqualTo(start + step * RECORD_OF_TWO);
            }
        }
    }

    @Test
    void aNewRunStartsANewFile() throws Exception {
        written(1, 9);

        assertThat(wholeSteps(written(2, 1))).containsExactly(1);
    }

    private static final MethodSpec TWO =
            Methods.method(MethodSpec.Direction.GAUSSIAN, 2, MethodSpec.Update.SGD, 0);

    private static final MethodSpec CONSERVATIVE =
            Methods.method(MethodSpec.Direction.GAUSSIAN, 2, MethodSpec.Update.CONSERVATIVE, 0);

    private Path file() {
        return folder.resolve("trajectory.zot");
    }

    private static TrajectoryHeader header(long seed, MethodSpec method) {
        return TrajectoryHeader.of(seed, method, List.of());
    }

    private byte[] written(long seed, int steps) throws IOException {
        try (TrajectoryWriter writer = new TrajectoryWriter(file(), header(seed, TWO))) {
            for (int step = 1; step <= steps; step++) {
                writer.append(result(step));
            }
        }
        return Files.readAllBytes(file());
    }

    private static byte[] flipped(byte[] bytes, int from, int bit) {
        byte[] flipped = bytes.clone();
        flipped[from + bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static StepResult result(int step) {
        return new StepResult(step, 1, 1, new float[] {1.25f * step, -step}, 0.5f / step);
    }

    /** What the reader finds. */
    private List<Integer> wholeSteps(byte[] bytes) throws IOException, TrajectoryException {
        Files.write(file(), bytes);
        List<Integer> steps = new ArrayList<>();
        try (TrajectoryReader reader = TrajectoryReader.open(file())) {
            for (StepResult step = reader.next(); step != null; step = reader.next()) {
                assertThat(step.slopes()).isEqualTo(result(step.step()).slopes());
                steps.add(step.step());
            }
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
