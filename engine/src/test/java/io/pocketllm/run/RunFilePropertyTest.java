package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, reading it ends in a run file or in a refusal that names the file. */
class RunFilePropertyTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> KEYS =
            List.of(
                    "version",
                    "name",
                    "model",
                    "path",
                    "data",
                    "maxTokens",
                    "tokenDropout",
                    "objective",
                    "kind",
                    "labels",
                    "logitScale",
                    "method",
                    "space",
                    "direction",
                    "directions",
                    "update",
                    "learningRate",
                    "perturbationScale",
                    "momentum",
                    "weightDecay",
                    "loraRank",
                    "training",
                    "steps",
                    "batchSize",
                    "reference",
                    "device",
                    "profile",
                    "budgetBytes",
                    "threads",
                    "seed",
                    "",
                    "x");

    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll String text) {
        readOrRefused(text);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyJsonObjectIsReadOrRefused(@ForAll("objects") ObjectNode object) {
        readOrRefused(object.toString());
    }

    @Property(tries = 1000)
    void aGoodFileWithAnyValueAnywhereIsReadOrRefused(
            @ForAll("paths") String path, @ForAll("nodes") JsonNode value) throws Exception {
        ObjectNode root = (ObjectNode) RunFile.MAPPER.readTree(SmallInbox.json("data", "head", 3));
        ObjectNode at = root;
        String[] parts = path.split("\\.");
        for (int i = 0; i + 1 < parts.length; i++) {
            at = at.get(parts[i]) instanceof ObjectNode next ? next : at.putObject(parts[i]);
        }
        at.set(parts[parts.length - 1], value);
        readOrRefused(root.toString());
    }

    @Property(tries = 1000)
    void anyOverrideIsTakenOrRefused(@ForAll("paths") String key, @ForAll String value)
            throws Exception {
        overrideOrRefused(key, value);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anOverrideOfAnyKeyIsTakenOrRefused(@ForAll String key, @ForAll("literals") String value)
            throws Exception {
        overrideOrRefused(key, value);
    }

    private static void overrideOrRefused(String key, String value) throws Exception {
        RunFile file = RunFile.parse("run.json", Path.of("."), SmallInbox.json("d", "head", 3));
        try {
            RunFile changed = file.with(key, value);
            assertThat(RunFile.parse("run.json", Path.of("."), changed.toJson()).spec())
                    .isEqualTo(changed.spec());
        } catch (RunFileException e) {
            fits(e);
        }
    }

    private static void readOrRefused(String text) {
        try {
            RunFile file = RunFile.parse("run.json", Path.of("."), text);
            assertThat(RunFile.parse("run.json", Path.of("."), file.toJson()).spec())
                    .isEqualTo(file.spec());
        } catch (RunFileException e) {
            fits(e);
        }
    }

    private static void fits(RunFileException e) {
        assertThat(e).hasMessageStartingWith("run.json: ");
        assertThat(e.getMessage()).hasSizeLessThan(1500).doesNotContain("\n", "\u001b");
        assertThat(e.hint()).isNotBlank();
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(KEYS.subList(0, KEYS.size() - 2))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> String.join(".", parts));
    }

    @Provide
    Arbitrary<String> literals() {
        return nodes().map(JsonNode::toString);
    }

    @Provide
    Arbitrary<ObjectNode> objects() {
        return object(nodes());
    }

    @Provide
    Arbitrary<JsonNode> nodes() {
        Arbitrary<JsonNode> leaves =
                Arbitraries.oneOf(
                        Arbitraries.longs().map(NODES::numberNode),
                        Arbitraries.bigIntegers().map(NODES::numberNode),
                        Arbitraries.doubles().map(NODES::numberNode),
                        Arbitraries.of(true, false).map(NODES::booleanNode),
                        Arbitraries.strings().ofMaxLength(20).map(NODES::textNode),
                        Arbitraries.of("head", "full", "lora", "gaussian", "sgd", "class-head")
                                .map(NODES::textNode),
                        Arbitraries.just(NODES.nullNode()));
        return Arbitraries.recursive(() -> leaves, inner -> object(inner).map(o -> o), 0, 3);
    }

    private static Arbitrary<ObjectNode> object(Arbitrary<JsonNode> values) {
        return Arbitraries.maps(Arbitraries.of(KEYS), values)
                .ofMaxSize(6)
                .map(
                        entries -> {
                            ObjectNode object = NODES.objectNode();
                            object.setAll(entries);
                            return object;
                        });
    }
}
