package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pocketllm bench noise}: what it prints, not how fast it is. */
@Timeout(120)
class NoiseBenchTest {

    private static final String[] SMALL = {
        "bench", "noise", "--elements", "70001", "--threads", "2", "--rounds", "2"
    };

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return PocketLlm.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    }

    @Test
    void theTableNamesTheKernelAndEveryKindOfPass() {
        assertThat(run(SMALL)).isZero();

        assertThat(out.toString())
                .contains("Kernel vector", "70,001 numbers", "normal, 1 thread", "sign, 2 threads")
                .contains("SplittableRandom.nextGaussian loop")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void jsonHasRatesForEachNumberOfThreadsAndTheirRatios() throws IOException {
        String[] arguments = java.util.Arrays.copyOf(SMALL, SMALL.length + 1);
        arguments[SMALL.length] = "--json";

        assertThat(run(arguments)).isZero();

        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("elements").asLong()).isEqualTo(70_001);
        assertThat(json.get("rates")).hasSize(2);
        for (JsonNode rates : json.get("rates")) {
            double normal = rates.get("normalElementsPerSecond").asDouble();
            assertThat(normal).isPositive();
            assertThat(rates.get("normalOverSplittableRandom").asDouble())
                    .isEqualTo(normal / json.get("splittableRandomElementsPerSecond").asDouble());
            assertThat(rates.get("signShareOfScale").asDouble()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--elements, 0",
        "--elements, -5",
        "--threads, 0",
        "--threads, 100000",
        "--rounds, 0"
    })
    void anImpossibleNumberIsRefusedWithItsBounds(String option, String value) {
        assertThat(run("bench", "noise", option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " " + value, "expected a whole number from 1");
    }

    /** A Java without the module starts one that has it, and keeps its warning to itself. */
    @Test
    void aPersonReadsNoWarningOfJava(@TempDir Path home) throws IOException {
        try (TrainProcess process = TrainProcess.start(home, SMALL)) {
            assertThat(process.awaitExit()).as("standard error: %s", process.err()).isZero();
            assertThat(process.out().getFirst()).startsWith("Kernel vector");
            assertThat(process.err()).isEmpty();
        }
    }
}
