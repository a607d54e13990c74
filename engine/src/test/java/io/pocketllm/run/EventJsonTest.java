package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as lines of JSON: the contract between worker, window, terminal and phone. */
@Timeout(60)
class EventJsonTest {

    /** One of each, with nothing left out. */
    static List<Event> everyEvent() {
        return List.of(
                new Event.Preparing(1, "Opening the model", 0.5),
                new Event.Started(
                        2,
                        "2026-01-02T03:04:05+01:00",
                        "A \"run\"\nin two lines\u2028",
                        "model",
                        "encoder",
                        22_700_000,
                        291,
                        "inbox",
                        List.of("reply now", "ignore"),
                        480,
                        124,
                        "Head, Gaussian",
                        500,
                        1,
                        "Phone",
                        3_972_844_749L,
                        2,
                        4_100_000_000L,
                        "cgroup",
                        2,
                        "host-probe"),
                new Event.Step(3, 7, 1.25, -0.0, 1e-300, 0.3, 12.5, 99.0, 640, 1 << 20),
                new Event.Evaluated(4, 7, "validation", 0.1, 1.0, 124),
                new Event.Reference(5, "first-order head", "validation", 0.4, 0.9),
                new Event.Memory(6, 276_000_000, 30_000_000, 3_972_844_749L),
                new Event.Phone(
                        7,
                        3,
                        90_500.25,
                        36.6,
                        0.75,
                        2,
                        81.5,
                        412.5,
                        true,
                        "too-warm",
                        1,
                        "battery"),
                new Event.Prediction(
                        7,
                        -1,
                        "Two \"lines\"\nof text",
                        7,
                        Map.of("reply now", 0.75),
                        Map.of("reply now", 1e-9),
                        "note"),
                new Event.Paused(8, 7, "too-warm"),
                new Event.Resumed(9, 7, "too-warm"),
                new Event.Warning(10, "message", "hint"),
                new Event.Killed(
                        11,
                        "why",
                        "hint",
                        5_000_000_000L,
                        4_000_000_000L,
                        7,
                        4_500_000_000L,
                        "polled"),
                new Event.Diverged(12, 7, "message", "hint"),
                new Event.Finished(
                        13, 7, true, 0.1, 0.9, 0.4, 0.8, 303_000_000, 90_500.0, 1.5, 412.5, 41.0),
                new Event.Failed(14, "message", "hint"));
    }

    @Test
    void noKindOfEventIsMissingHere() {
        assertThat(everyEvent())
                .extracting(Event::getClass)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Event.class.getPermittedSubclasses())
                                .<Class<? extends Event>>map(c -> c.asSubclass(Event.class))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void anEventIsTheSameAfterItsLine(Event event) {
        String line = EventJson.line(event);

        assertThat(line).doesNotContain("\n", "\r");
        assertThat(EventJson.parse(line)).contains(event);
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void fieldsOfALaterVersionArePassedOver(Event event) {
        String line = EventJson.line(event).replaceFirst("\\{", "{\"new\":{\"a\":[1,{}]},");

        assertThat(EventJson.parse(line)).contains(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        step      | step lossPlus lossMinus projectedGradient learningRate stepMillis phoneMillis tokens heapBytes
        evaluated | step split loss accuracy examples
        memory    | rssBytes heapBytes budgetBytes
        phone     | step phoneElapsedMillis temperatureCelsius clockFraction throttleStep batteryPercent joules charging pausedBy thermalStatus temperatureOf
        warning   | message hint
        killed    | why hint rssBytes budgetBytes step killLineBytes limit
        diverged  | step message hint
        finished  | step stopped loss accuracy startAccuracy testAccuracy peakRssBytes phoneElapsedMillis batteryUsedPercent joules hottestCelsius
        failed    | message hint
        preparing | phase fraction
        paused    | step reason
        resumed   | step reason
        reference | method split loss accuracy
        started   | time runName modelName modelDescription parameters trainableParameters dataName labels trainExamples heldOutExamples method steps firstStep deviceName budgetBytes threads killLineBytes limit cores calibration
        """)
    void aLineHasTheNamesOfTheContractAndNoOthers(String name, String fields) throws Exception {
        JsonNode line = line(name);

        assertThat(line.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(("event elapsedMillis " + fields).split(" "));
    }

    @Test
    void aRealPhoneLeavesOutWhatItDoesNotTell() {
        Event.Phone real =
                new Event.Phone(
                        90_000, 3, 90_000, 33.9, null, null, 71.0, null, true, null, 2, null);

        assertThat(EventJson.line(real))
                .contains("33.9", "thermalStatus")
                .doesNotContain("clockFraction", "joules", "null");
        assertThat(EventJson.parse(EventJson.line(real))).contains(real);
        assertThat(real.isSimulated()).isFalse();
    }

    private static JsonNode line(String name) throws Exception {
        JsonMapper mapper = new JsonMapper();
        for (Event event : everyEvent()) {
            JsonNode node = mapper.readTree(EventJson.line(event));
            if (node.get("event").textValue().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("no event is called " + name);
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(EventJson.line(new Event.Step(1, 1, 1, 1, 1, 1, 1, null, 1, 1)))
                .doesNotContain("phoneMillis", "null");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aLossThatIsNoNumberIsStillALineThatAnyJsonReaderTakes(double loss) throws Exception {
        Event event = new Event.Evaluated(1, 3, "validation", loss, 0.3, 12);
        String line = EventJson.line(event);

        assertThat(new JsonMapper().readTree(line).get("loss").asText())
                .isEqualTo(String.valueOf(loss));
        assertThat(EventJson.parse(line)).contains(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "5",
                "[]",
                "{}",
                "\"step\"",
                "{\"event\":null}",
                "{\"event\":5}",
                "{\"event\":\"battery-swapped\",\"elapsedMillis\":1}",
                "{\"event\":\"step\",\"step\":\"seven\"}",
                "{\"event\":\"step\",\"step\":1e400}",
                "{\"event\":\"step\",\"step\":7",
                "Exception in thread main",
                "\u0000\ufffd"
            })
    void whatIsNoEventIsPassedOver(String line) {
        assertThat(EventJson.parse(line)).isEmpty();
    }

    @Test
    void aLineOfAMillionBracketsIsPassedOver() {
        assertThat(EventJson.parse("[".repeat(1_000_000))).isEmpty();
        assertThat(EventJson.parse("{\"event\":\"step\",\"x\":" + "[".repeat(100_000))).isEmpty();
    }
}
