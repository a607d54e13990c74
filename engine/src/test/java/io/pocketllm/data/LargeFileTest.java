package io.pocketllm.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** A file of 50 MB, of which a hundred messages stay. */
class LargeFileTest {

    @Test
    void onlyWhatIsSampledIsKept() throws Exception {
        long lines = 50_000;
        byte[] line = ("a".repeat(1000) + "\tignore\n").getBytes(UTF_8);
        byte[] header = "text\tlabel\n".getBytes(UTF_8);
        InputStream endless =
                new InputStream() {
                    private long at;

                    @Override
                    public int read(byte[] into, int from, int length) {
                        int given = 0;
                        for (int next; given < length && (next = read()) >= 0; given++) {
                            into[from + given] = (byte) next;
                        }
                        return given == 0 ? -1 : given;
                    }

                    @Override
                    public int read() {
                        long i = at++;
                        if (i < header.length) {
                            return header[(int) i];
                        }
                        long body = i - header.length;
                        return body < lines * line.length ? line[(int) (body % line.length)] : -1;
                    }
                };
        PartSample sample = new PartSample(Part.TRAIN, TsvReaderTest.LABELS, null, 100, 1);

        new DataFile("large.tsv", DataFormat.TSV, () -> endless)
                .stream(RowShape.texts(TsvReaderTest.LABELS), false, sample::add);

        assertThat(sample.seen()).isEqualTo(lines);
        assertThat(sample.examples()).hasSize(100);
    }
}
