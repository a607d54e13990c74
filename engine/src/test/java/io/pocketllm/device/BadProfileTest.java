package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A profile with one thing wrong is refused, and the message says which, why, and what to do. */
@Timeout(30)
class BadProfileTest {

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/id | 7 | id | is 7 | one line of text",
                "/id | `\"My Phone\"` | id | is \"My Phone\" | lower-case letters",
                "/id | `\"../x\"` | id | is \"../x\" | lower-case letters",
                "/name/value | `\" \"` | name.value | is \" \" | not blank",
                "/name/value | `\"a\\u001b[2J\"` | name.value | is \"a\\u001B[2J\" | one line of text",
                "/name | `\"Reno\"` | name | is \"Reno\" | a value and its source",
                "/name/source | remove | name.source | is missing | Add it",
                "/name/source | `\"\"` | name.source | is \"\" | not blank",
                "/name/source | null | name.source | is missing | Add it",
                "/name/sauce | 1 | name.sauce | is not a key | Did you mean \"source\"?",
                "/modelCodes/value | `\"CPH2251\"` | modelCodes.value | is \"CPH2251\" | a list",
                "/modelCodes/value/0 | 1 | modelCodes.value[0] | is 1 | one line of text",
                "/ramBytes | remove | ramBytes | is missing | Add it",
                "/ramBytes/value | remove | ramBytes.value | is missing | Add it",
                "/ramBytes/value | `\"8 GB\"` | ramBytes.value | is \"8 GB\" | a whole number",
                "/ramBytes/value | -1 | ramBytes.value | is -1 | from 268435456 to 1099511627776",
                "/ramBytes/value | 8 | ramBytes.value | is 8 | 8 GiB is 8589934592",
                "/ramBytes/value | 1099511627777 | ramBytes.value | is 1099511627777 | to 1099511627776",
                "/ramBytes/value | 1e400 | ramBytes.value | is | a whole number",
                "/ramBytes/value | 99999999999999999999 | ramBytes.value | is 9999 | a whole number",
                "/usableBytes/value | 8589934593 | usableBytes.value | is 8589934593 | at most ramBytes",
                "/budgetBytes/value | 8053063681 | budgetBytes.value | is 8053063681 | at most usableBytes",
                "/budgetBytes/value | 0 | budgetBytes.value | is 0 | from 1048576",
                "/idleAvailableBytes/value | 8053063681 | idleAvailableBytes.value | is 8 | at most usable",
                "/clusters | {} | clusters | is not a list | 1 to 8 clusters",
                "/clusters | [] | clusters | has 0 entries | 1 to 8 clusters",
                "/clusters | [1,2,3,4,5,6,7,8,9] | clusters | has 9 entries | 1 to 8 clusters",
                "/clusters/1 | 6 | clusters[1] | is 6 | an object in braces",
                "/clusters/0/count/value | 0 | clusters[0].count.value | is 0 | from 1 to 64",
                "/clusters/0/count/value | 1.5 | clusters[0].count.value | is 1.5 | a whole number",
                "/clusters/0/clockHertz/value | 2.4 | clusters[0].clockHertz.value | is 2.4 | Write hertz",
                "/clusters/0/clockHertz/value | 10000000001 | clusters[0].clockHertz.value | is 1 | to 10000000000",
                "/clusters/1/clockHertz/value | 9000000000 | clusters[1] | is faster | fastest cluster first",
                "/clusters/1/little/value | `\"yes\"` | clusters[1].little.value | is \"yes\" | true or false",
                "/clusters/1/clockHz | 1 | clusters[1].clockHz | is not a key | Did you mean \"clockHertz\"?",
                "/memoryBandwidthBytesPerSecond/value | 17.1 | memoryBandwidthBytesPerSecond.value | is 17.1 | bytes a second",
                "/batteryMilliampereHours/value | -4300 | batteryMilliampereHours.value | is -4300 | Write mAh",
                "/processKind/value | `\"root\"` | processKind.value | is \"root\" | app (an app",
                "/memoryKind/value | `\"LPDDR5Y\"` | memoryKind.value | is \"LPDDR5Y\" | Did you mean \"LPDDR5\"",
                "/storageReadBytesPerSecond/value | 950 | storageReadBytesPerSecond.value | is 950 | bytes a second",
                "/batteryNominalVolts/value | 3870 | batteryNominalVolts.value | is 3870 | from 1 to 20",
                "/batteryNominalVolts/value | `\"3.87\"` | batteryNominalVolts.value | is \"3.87\" | a number",
                "/idleWatts/value | -0.4 | idleWatts.value | is -0.4 | from 0.01 to 20",
                "/idleWatts/value | 1e999 | idleWatts.value | is | a number from",
                "/memoryPicojoulesPerByte/value | 0 | memoryPicojoulesPerByte.value | is 0 | from 1 to 1000",
                "/clusters/0/wattsAtTopClock/value | 1200 | clusters[0].wattsAtTopClock.value | is 1200 | Write watts",
                "/thermal | 3 | thermal | is 3 | an object in braces",
                "/thermal/conductanceWattsPerKelvin | remove | thermal.conductanceWattsPerKelvin | is missing | Add it",
                "/thermal/heatCapacityJoulesPerKelvin/value | -58 | thermal.heatCapacityJoulesPerKelvin.value | is -58 | from 1 to",
                "/thermal/skinLimitCelsius/value | 450 | thermal.skinLimitCelsius.value | is 450 | degrees Celsius",
                "/thermal/warmth | 1 | thermal.warmth | is not a key | Allowed here: conductance",
                "/thermal/throttleSteps/value | 1 | thermal.throttleSteps.value | is 1 | at most 8",
                "/thermal/throttleSteps/value/0 | 1 | thermal.throttleSteps.value[0] | is 1 | an object",
                "/thermal/throttleSteps/value/0/coolCelsius | 41 | thermal.throttleSteps.value[0].coolCelsius | is 41 | flap",
                "/thermal/throttleSteps/value/0/clockFraction | 0 | thermal.throttleSteps.value[0].clockFraction | is 0 | 0.7 for 70 %",
                "/thermal/throttleSteps/value/1/clockFraction | 0.9 | thermal.throttleSteps.value[1] | is no step further | coolest step first",
                "/thermal/throttleSteps/value/0/hot | 1 | thermal.throttleSteps.value[0].hot | is not a key | hotCelsius",
                "/stepTimeFactor | 2 | stepTimeFactor | is 2 | a value and its source",
                "/stepTimeFactor | `{\"value\": 0, \"source\": \"x\"}` | stepTimeFactor.value | is 0 | from 0.1 to 20",
                "/stepTimeFactor | `{\"value\": 107, \"source\": \"x\"}` | stepTimeFactor.value | is 107 | 1.07 is 7 % slower",
                "/stepTimeFactor | null | stepTimeFactor | is missing | Add it",
                "/ramByte | 1 | ramByte | is not a key | Did you mean \"ramBytes\"?",
                "/zzzzzzzz | 1 | zzzzzzzz | is not a key | Allowed here: $schema, id, name",
            })
    void isRefused(String pointer, String value, String key, String found, String allowed) {
        DeviceProfileException refusal = refusal(ProfileJson.with(pointer, value));

        assertThat(refusal.key()).isEqualTo(key);
        assertThat(refusal.file()).isEqualTo("phone.json");
        assertThat(refusal).hasMessageStartingWith("phone.json: " + key + ": " + found);
        assertThat(refusal.getMessage()).contains(allowed).endsWith(refusal.hint());
        assertThat(refusal.hint()).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "name",
                "modelCodes",
                "note",
                "systemOnChip",
                "ramBytes",
                "usableBytes",
                "idleAvailableBytes",
                "budgetBytes",
                "clusters",
                "memoryKind",
                "memoryBandwidthBytesPerSecond",
                "storageReadBytesPerSecond",
                "batteryNominalVolts",
                "idleWatts",
                "memoryPicojoulesPerByte",
                "thermal",
                "batteryMilliampereHours",
                "processKind"
            })
    void everyKeyIsNeeded(String key) {
        assertThat(refusal(ProfileJson.with("/" + key, "remove")))
                .hasMessageStartingWith("phone.json: " + key + ": is missing");
    }

    @Test
    void aLongTextIsNotRepeatedInTheMessage() {
        String text = "\"" + "x".repeat(100_000) + "\"";

        assertThat(refusal(ProfileJson.with("/ramBytes/value", text)).getMessage())
                .hasSizeLessThan(400);
        assertThat(refusal(ProfileJson.with("/note/value", text)).getMessage())
                .hasSizeLessThan(400);
    }

    /** The schema and the reader are two descriptions of one thing. */
    @ParameterizedTest
    @EnumSource
    void theSchemaHasTheSameLimit(ProfileLimits limits) {
        JsonNode schema = ProfileJson.resource("device-profile.schema.json");
        JsonNode field = schema.at("/properties/" + limits.key);
        if (field.isMissingNode()) {
            field = schema.at("/$defs/cluster/properties/" + limits.key);
        }

        assertThat(field.at("/properties/value/minimum").longValue()).isEqualTo(limits.min);
        assertThat(field.at("/properties/value/maximum").longValue()).isEqualTo(limits.max);
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaHasTheSameLimitForDecimals(DecimalLimits limits) {
        JsonNode schema = ProfileJson.resource("device-profile.schema.json");
        JsonNode field =
                schema.findParents(limits.key).stream()
                        .map(parent -> parent.get(limits.key))
                        .filter(JsonNode::isObject)
                        .findFirst()
                        .orElseThrow();
        JsonNode value = field.has("minimum") ? field : field.at("/properties/value");

        assertThat(value.get("minimum").doubleValue()).isEqualTo(limits.min);
        assertThat(value.get("maximum").doubleValue()).isEqualTo(limits.max);
    }

    @Test
    void theSchemaKnowsTheSameKindsOfMemory() {
        JsonNode kinds =
                ProfileJson.resource("device-profile.schema.json")
                        .at("/properties/memoryKind/properties/value/enum");

        assertThat(kinds)
                .extracting(JsonNode::textValue)
                .containsExactlyElementsOf(DeviceProfileReader.MEMORY_KINDS);
    }

    private static DeviceProfileException refusal(byte[] profile) {
        return catchThrowableOfType(
                DeviceProfileException.class,
                () -> DeviceProfileReader.read("phone.json", profile));
    }
}
