package io.pocketllm.run.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.run.RunFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bad sweep file is refused with its name, the key, what was found and what is allowed. */
@Timeout(60)
class BadSweepFileTest {

    private static RunFileException refused(String text) {
        return catchThrowableOfType(
                RunFileException.class, () -> SweepFile.parse("sweep.json", Path.of("."), text));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        # key        | value                                   | message                         | hint
        version      | 2                                       | version: is 2                   | from 1 to 1
        version      | null                                    | version: is missing             | whole number
        name         | 7                                       | name: is 7                      | text in quotes
        base         | null                                    | base: is missing                | sample:ID
        base         | 3                                       | base: is neither text           | in braces
        base         | "sample:inbox-nurze"                    | sample:inbox-nurze              | Did you mean
        base         | "nowhere/run.json"                      | nowhere/run.json: there is no such file | Check the path
        base         | {}                                      | run-0001 (seed=1): version: is missing | whole number
        parameters   | null                                    | parameters: is missing          | an object
        parameters   | []                                      | parameters: is []               | in braces
        parameters   | {}                                      | parameters: is empty            | Name a key
        parameters   | {"seed": 3}                             | parameters.seed: is 3           | list of values
        parameters   | {"seed": []}                            | parameters.seed: is []          | list of values
        parameters   | {"seed": [1, 2, 1]}                     | parameters.seed: has the value 1 twice | take one out
        parameters   | {"seed": [1, "x"]}                      | run-0002 (seed=x): seed: is "x" | whole number
        parameters   | {"seed": [[1]]}                         | seed: is [1]                    | whole number
        parameters   | {"name": ["a"]}                         | parameters.name: is the same    | Take it out
        parameters   | {"sed": [1, 2]}                         | run-0001 (sed=1): sed: is not a key of a run file | Did you mean "seed"
        parameters   | {"method.lr": [1, 2]}                   | run-0001 (lr=1): method.lr: is not a key | Allowed here
        parameters   | {"": [1]}                               | is not a key of a run file      | Allowed here
        parameters   | {"seed.deeper": [1]}                    | "seed" holds no further keys    | spelling
        parameters   | {"method.learningRate": [0.1, -1], "seed": [1, 2]} | run-0003 (learningRate=-1, seed=1): method.learningRate: is -1 | from 0
        parameters   | {"method": [{"space":"head","learningRate":1}], "method.update": ["sgd"]} | lies inside "method" | one of the two
        parameters   | {"seed": {"from": 1}}                   | parameters.seed.to: is missing  | a number
        parameters   | {"seed": {"from": 1, "to": 2}}          | parameters.seed.count: is missing | from 2
        parameters   | {"seed": {"from": 1, "to": 2, "count": 1}} | count: is 1                  | from 2
        parameters   | {"seed": {"from": 2, "to": 1, "count": 2}} | to: is not above             | smaller one first
        parameters   | {"seed": {"from": 1, "to": 1, "count": 2}} | to: is not above             | smaller one first
        parameters   | {"seed": {"from": 0, "to": 1, "count": 2, "scale": "log"}} | from: is not above 0 | linear
        parameters   | {"seed": {"from": 1, "to": 2, "count": 2, "scale": "lin"}} | scale: is "lin" | linear, log
        parameters   | {"seed": {"from": 1, "to": 2, "count": 2, "step": 1}} | step: is not a key of a sweep file | Allowed here
        parameters   | {"seed": {"from": 1, "to": 1e999, "count": 2}} | to: is                    | a number from
        parameters   | {"seed": {"from": 0.5, "to": 2, "count": 2, "whole": true}} | whole: needs two whole | whole ones
        parameters   | {"seed": {"from": 1, "to": 3, "count": 9, "whole": true}} | has the value 1 twice | lower
        parameters   | {"seed": {"from": 1, "to": 10001, "count": 10001, "whole": true}} | count: is 10001 | to 10000
        parameters   | {"seed": "~ 1 .. 9"}                    | parameters.seed: is a range to draw from | "runs": 20
        parameters   | {"seed": "~ 9 .. 1"}                    | parameters.seed: "9 .. 1" does not rise | smaller number first
        parameters   | {"seed": "~ log 0 .. 1"}                | parameters.seed: begins at 0    | above 0
        parameters   | {"seed": "~ lg 1 .. 2"}                 | parameters.seed: "lg 1" is no number | 1e-4 .. 1e-2
        parameters   | {"seed": "~ log 1, 2"}                  | parameters.seed: "log 1, 2" is no range | with commas
        parameters   | {"seed": "~ log log 1 .. 2"}            | says the same thing twice       | with commas
        parameters   | {"seed": "~ 1 .. "}                     | parameters.seed: has no number at one side | 1e-4 .. 1e-2
        parameters   | {"seed": "~ 1 .. 1e999"}                | "1e999" is no number            | 1e-4 .. 1e-2
        parameters   | {"seed": "~"}                           | parameters.seed: has no values  | 1e-4 .. 1e-2
        parameters   | {"seed": "~ 1, 2,"}                     | parameters.seed: a value is missing | after each comma
        parameters   | {"seed": "~ 1, 1"}                      | parameters.seed: has the value 1 twice | take one out
        search       | "bayes"                                 | search: is "bayes"              | grid, random
        search       | "random"                                | runs: is missing                | whole number
        runs         | 5                                       | runs: goes with                 | every combination
        seed         | 5                                       | seed: goes with                 | belong into parameters
        goal         | "speed"                                 | goal: is "speed"                | accuracy, loss
        stopEarly    | "median"                                | stopEarly: is "median"          | in braces
        stopEarly    | {}                                      | stopEarly.rule: is missing      | a text
        stopEarly    | {"rule": "hyperband"}                   | stopEarly.rule: is "hyperband"  | median
        stopEarly    | {"rule": "median", "fromStep": 0}       | fromStep: is 0                  | from 1
        stopEarly    | {"rule": "median", "grace": 1}          | grace: is not a key of a sweep file | fromStep
        maxMinutes   | 0                                       | maxMinutes: is 0                | from 0.01
        maxMinutes   | "long"                                  | maxMinutes: is "long"           | a number
        gaol         | "loss"                                  | gaol: is not a key of a sweep file | Did you mean "goal"
        """)
    void aValueThatCannotBeIsRefusedByItsKey(String key, String value, String message, String hint)
            throws Exception {
        JsonMapper mapper = new JsonMapper();
        ObjectNode file =
                (ObjectNode)
                        mapper.readTree(SmallSweep.json(3, "\"parameters\": { \"seed\": [1, 2] }"));
        file.set(key, mapper.readTree(value));

        RunFileException refused = refused(file.toString());
        assertThat(refused.getMessage()).contains(message);
        assertThat(refused.hint()).contains(hint);
        assertThat(refused.getMessage()).hasSizeLessThan(1500).doesNotContain("\n");
    }

    @Test
    void anExplosionIsRefusedBeforeItIsExpanded() {
        StringBuilder many = new StringBuilder("\"parameters\": {");
        for (String key :
                new String[] {
                    "seed", "method.learningRate", "training.batchSize", "training.steps"
                }) {
            many.append(
                    "\"%s\": {\"from\": 1, \"to\": 100000, \"count\": 10000, \"whole\": true},"
                            .formatted(key));
        }
        many.setCharAt(many.length() - 1, '}');
        RunFileException refused = refused(SmallSweep.json(3, many.toString()));
        assertThat(refused).hasMessageContaining("parameters: give more than 10000 combinations");
        assertThat(refused.hint()).contains("random");
    }

    @Test
    void moreDrawsThanThereAreCombinationsAreRefused() {
        RunFileException refused =
                refused(
                        SmallSweep.json(
                                3,
                                "\"parameters\": { \"seed\": [1, 2] }, \"search\": \"random\", \"runs\": 3"));
        assertThat(refused).hasMessageContaining("only 2 different combinations");
    }

    @Test
    void aKeyOfThousandsOfDotsIsRefused() {
        RunFileException refused =
                refused(
                        SmallSweep.json(
                                3, "\"parameters\": { \"" + "a.".repeat(24_000) + "\": [1] }"));
        assertThat(refused).hasMessageContaining("is not a key of a run file");
        assertThat(refused.getMessage()).hasSizeLessThan(1500);
    }

    @Test
    void twiceTheSameKeyAndWhatFollowsTheEndAreRefused() {
        assertThat(refused("{ \"version\": 1, \"version\": 1 }")).hasMessageContaining("Duplicate");
        assertThat(refused("{} {}")).hasMessageContaining("not valid JSON");
        assertThat(refused("[]").hint()).contains("A sweep file is an object");
    }
}
