package io.pocketllm.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.pocketllm.forward.MiniLm;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a downloaded file holds, opening it ends soon, in bounded memory, in the room's own
 * exception, which names the file and what to do. A new kind of file is one more list of cases.
 */
class HostileFilesTest {

    /** What opening may ask of the heap in all, garbage included. */
    private static final long MAX_ALLOCATED_BYTES = 400L << 20;

    @TempDir private Path parent;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    static Stream<HostileCase> cases() {
        return Stream.of(
                        SafetensorsCases.all(),
                        OnnxCases.all(),
                        TokenizerCases.all(),
                        HuggingFaceCases.all())
                .flatMap(cases -> cases);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void itIsRefusedWithAReason(HostileCase hostile) throws Exception {
        Path folder = Files.createDirectory(parent.resolve("model"));
        Path path = hostile.files().writeInto(folder);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Throwable refused = catchThrowable(() -> hostile.opener().open(path));

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(refused).isExactlyInstanceOf(hostile.opener().refusal());
        assertThat(refused.getMessage())
                .startsWith(folder.toString())
                .contains(": ")
                .contains(hostile.problem())
                .doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]")
                .hasSizeLessThan(1500);
        assertThat((String) refused.getClass().getMethod("hint").invoke(refused)).isNotBlank();
        assertThat(allocated).as("bytes allocated").isLessThan(MAX_ALLOCATED_BYTES);
    }
}
