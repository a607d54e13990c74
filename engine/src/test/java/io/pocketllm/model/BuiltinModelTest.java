package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BuiltinModelTest {

    private static final long ONNX_BYTES = 90_984_153;
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir private static Path cache;
    private static ModelFiles files;

    @BeforeAll
    static void unpackOnce() throws ModelException {
        files = BuiltinModel.unpack(cache);
    }

    @Test
    void modelAndTokenizerAreUnpackedIntoTheCacheAndNothingElse() throws IOException {
        assertThat(files.name()).isEqualTo("all-MiniLM-L6-v2");
        assertThat(files.path()).hasSize(ONNX_BYTES);
        assertThat(files.tokenizer()).exists();
        try (var all = Files.walk(cache).filter(Files::isRegularFile)) {
            assertThat(all).containsExactlyInAnyOrder(files.path(), files.tokenizer());
        }
    }

    @Test
    void wholeFilesAreUsedAsTheyAre() throws Exception {
        Files.setLastModifiedTime(files.path(), LONG_AGO);
        Files.setLastModifiedTime(files.tokenizer(), LONG_AGO);

        assertThat(BuiltinModel.unpack(cache)).isEqualTo(files);

        assertThat(Files.getLastModifiedTime(files.path())).isEqualTo(LONG_AGO);
        assertThat(Files.getLastModifiedTime(files.tokenizer())).isEqualTo(LONG_AGO);
    }

    /** As a full disk or one bad sector leaves them. */
    @Test
    void damagedFilesAreUnpackedAgain() throws Exception {
        byte[] tokenizer = Files.readAllBytes(files.tokenizer());
        Files.write(files.tokenizer(), java.util.Arrays.copyOf(tokenizer, 1000));
        int flipped = flipByteAt(files.path(), ONNX_BYTES / 2);

        BuiltinModel.unpack(cache);

        assertThat(Files.readAllBytes(files.tokenizer())).isEqualTo(tokenizer);
        assertThat(files.path()).hasSize(ONNX_BYTES);
        assertThat(byteAt(files.path(), ONNX_BYTES / 2)).isNotEqualTo(flipped);
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedWithWhatToDo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("occupied"), "a file, not a folder");

        ModelException refused =
                catchThrowableOfType(ModelException.class, () -> BuiltinModel.unpack(file));

        assertThat(refused).hasMessageContaining("occupied").hasMessageContaining("unpacked");
        assertThat(refused.hint()).contains("POCKETLLM_HOME");
    }

    private static int flipByteAt(Path file, long position) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(position);
            int flipped = access.read() ^ 0x10;
            access.seek(position);
            access.write(flipped);
            return flipped;
        }
    }

    private static int byteAt(Path file, long position) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            access.seek(position);
            return access.read();
        }
    }
}
