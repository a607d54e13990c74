package io.pocketllm.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each detector finds a planted leak, so that finding none means something. */
@Timeout(20)
class SampleLeakFinderTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        same message  | Can you bring the keys, please?            | can you bring the keys please
        same message  | Don't wait up!                             | dont wait up
        same template | Meet Anna at gate 12 on Monday in May      | Meet Boris at gate 7 on Friday in June
        same template | Table for two, booked by Ms Okoro at 19:30 | Table for nine, booked by Ms Silva at 20:15
        shared phrase | It is raining so take the bus home today   | We all should take the bus home today, says mum instead of cycling there in such weather as we have
        same words    | keys on the table next to the blue lamp    | next to the lamp, blue: the table and keys
        same sequence | please do send me your whole address today before noon | please kindly send over your old address again before noon
        """)
    void aPlantedLeakIsFound(String why, String first, String second) {
        assertThat(LeakFinder.why(first, second)).contains(why);
        assertThat(LeakFinder.why(second, first)).contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        Can you true a buckled wheel by Friday?         | Your parcel waits at the pick-up locker.
        Is the bike shop open now, do you take walk-ins | Half price on tyres at the shop until Sunday
        Who brings granny to the station?               | Granny's recipe for plum jam with less sugar
        """)
    void messagesOfTheirOwnAreNoLeak(String first, String second) {
        assertThat(LeakFinder.why(first, second)).isEmpty();
    }

    @Test
    void aLeakPlantedInTheRealDataIsFound() throws Exception {
        List<String> train = Inbox.texts("inbox-nurse", "train");
        List<String> test = new ArrayList<>(Inbox.texts("inbox-nurse", "test"));
        String copied = train.get(200).toUpperCase(java.util.Locale.ROOT) + "!!";
        test.add(copied);

        assertThat(LeakFinder.between(train, test))
                .containsExactly(new LeakFinder.Leak(train.get(200), copied, "same message"));
    }

    @Test
    void aTemplateMasksNumbersNamesAndDaysAndKeepsTheRest() {
        assertThat(LeakFinder.template("Call Anna by Friday. Three of 12 keys came, in March"))
                .isEqualTo("call _ by _ _ of _ keys came in _");
    }

    @Test
    void theLongestCommonSubsequenceKeepsTheOrder() {
        List<String> words = List.of("a", "b", "c", "d");

        assertThat(LeakFinder.longestCommonSubsequence(words, words)).isEqualTo(4);
        assertThat(LeakFinder.longestCommonSubsequence(words, words.reversed())).isEqualTo(1);
        assertThat(LeakFinder.longestCommonSubsequence(words, List.of("b", "x", "d"))).isEqualTo(2);
        assertThat(LeakFinder.longestCommonSubsequence(words, List.of())).isZero();
    }
}
