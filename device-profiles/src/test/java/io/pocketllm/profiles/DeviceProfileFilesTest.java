package io.pocketllm.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The profiles, their index and their schema agree. */
class DeviceProfileFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INDEX = "index.json";
    private static final String SCHEMA = "device-profile.schema.json";

    static List<String> ids() throws Exception {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> !name.equals(INDEX) && !name.equals(SCHEMA))
                    .map(name -> name.replaceFirst("\\.json$", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theIndexListsExactlyTheProfilesInTheFolder() throws Exception {
        List<String> indexed = new ArrayList<>();
        read(INDEX).forEach(id -> indexed.add(id.textValue()));

        assertThat(indexed).containsExactlyInAnyOrderElementsOf(ids()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyProfileFollowsTheSchema(String id) throws Exception {
        assertThat(schema().validate(read(id + ".json"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theIdOfAProfileIsTheNameOfItsFile(String id) throws Exception {
        assertThat(read(id + ".json").get("id").textValue()).isEqualTo(id);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyFieldSaysWhereItComesFrom(String id) throws Exception {
        List<String> without = new ArrayList<>();
        int fields = 0;
        ObjectNode profile = (ObjectNode) read(id + ".json");
        profile.remove(List.of("$schema", "id"));
        for (var field : profile.properties()) {
            if (field.getKey().equals("clusters")) {
                for (JsonNode cluster : field.getValue()) {
                    for (var inner : cluster.properties()) {
                        fields += check(inner.getKey(), inner.getValue(), without);
                    }
                }
            } else if (field.getKey().equals("thermal")) {
                for (var inner : field.getValue().properties()) {
                    fields += check(inner.getKey(), inner.getValue(), without);
                }
            } else {
                fields += check(field.getKey(), field.getValue(), without);
            }
        }

        assertThat(without).isEmpty();
        assertThat(fields).isGreaterThanOrEqualTo(26);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theMemoryOfAPhoneAddsUp(String id) throws Exception {
        JsonNode phone = read(id + ".json");

        assertThat(phone.at("/usableBytes/value").longValue())
                .isBetween(
                        (long) (0.92 * phone.at("/ramBytes/value").longValue()),
                        (long) (0.95 * phone.at("/ramBytes/value").longValue()));
        assertThat(phone.at("/budgetBytes/value").longValue())
                .isLessThanOrEqualTo(
                        (long) Math.ceil(0.55 * phone.at("/usableBytes/value").longValue()));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/id | `\"Has Spaces\"` | pattern",
                "/name | `\"plain text\"` | type",
                "/name/source | `\"\"` | pattern",
                "/name/source | remove | required",
                "/name/value | `\"a\\nb\"` | pattern",
                "/modelCodes/value | `\"CPH2251\"` | type",
                "/ramBytes | remove | required",
                "/ramBytes/value | `\"8 GB\"` | type",
                "/ramBytes/value | 8 | minimum",
                "/ramBytes/value | 1099511627777 | maximum",
                "/budgetBytes/value | -1 | minimum",
                "/clusters | [] | minItems",
                "/clusters/0/clockHertz/value | 2.4 | type",
                "/clusters/0/clockHertz/value | 24000000000 | maximum",
                "/clusters/0/little/value | 1 | type",
                "/clusters/0/speed | 1 | additionalProperties",
                "/batteryMilliampereHours/value | 0 | minimum",
                "/processKind/value | `\"root\"` | enum",
                "/memoryKind/value | `\"DDR\"` | enum",
                "/storageReadBytesPerSecond/value | 1 | minimum",
                "/idleWatts/value | -1 | minimum",
                "/batteryNominalVolts/value | 3870 | maximum",
                "/thermal/skinLimitCelsius | remove | required",
                "/thermal/throttleSteps/value/0/clockFraction | 1.1 | maximum",
                "/thermal/throttleSteps/value/0/warm | 1 | additionalProperties",
                "/clusters/0/wattsAtTopClock | remove | required",
                "/ramByte | 1 | additionalProperties",
                "/ramBytes/unit | `\"B\"` | additionalProperties",
            })
    void aBrokenProfileIsRefusedByTheSchema(String pointer, String value, String keyword)
            throws Exception {
        JsonNode broken = read("oppo-reno6-5g.json");
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) broken.at(pointer.substring(0, slash));
        if (value.equals("remove")) {
            parent.remove(pointer.substring(slash + 1));
        } else {
            parent.set(pointer.substring(slash + 1), JSON.readTree(value));
        }

        assertThat(schema().validate(broken)).anyMatch(m -> m.getType().equals(keyword));
    }

    @Test
    void thereAreManyPhonesAndReno6VariantsAmongThem() throws Exception {
        assertThat(ids()).hasSizeGreaterThanOrEqualTo(16);
        assertThat(ids().stream().filter(id -> id.startsWith("oppo-reno6"))).hasSize(5);
    }

    @Test
    void theSchemaIsItselfValid() throws Exception {
        JsonSchema meta =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(
                                SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(read(SCHEMA))).isEmpty();
    }

    private static int check(String key, JsonNode field, List<String> without) {
        if (field.path("source").asText().isBlank() || !field.has("value")) {
            without.add(key);
        }
        return 1;
    }

    private static JsonSchema schema() throws Exception {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(read(SCHEMA));
    }

    private static JsonNode read(String name) throws IOException, URISyntaxException {
        return JSON.readTree(folder().resolve(name).toFile());
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(
                        DeviceProfileFilesTest.class
                                .getResource("/io/pocketllm/device-profiles/" + INDEX)
                                .toURI())
                .getParent();
    }
}
