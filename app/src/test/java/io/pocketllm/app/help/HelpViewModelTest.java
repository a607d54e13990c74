package io.pocketllm.app.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading, going back and searching, without a window. */
class HelpViewModelTest {

    private final HelpViewModel help = new HelpViewModel(Handbook::new);

    @Test
    void it_begins_with_the_first_steps_and_goes_back_the_way_it_came() {
        assertThat(help.spotProperty().get()).isEqualTo(HelpCard.FIRST_STEPS.spot());
        assertThat(help.canGoBackProperty().get()).isFalse();
        help.open(Spot.top("plan"));
        help.open(new Spot("run-file", "events"));
        help.open(new Spot("run-file", "events"));
        assertThat(help.title()).isEqualTo("The run file");
        assertThat(help.group()).isEqualTo("Reference");
        help.back();
        assertThat(help.spotProperty().get()).isEqualTo(Spot.top("plan"));
        help.back();
        help.back();
        assertThat(help.spotProperty().get()).isEqualTo(HelpCard.FIRST_STEPS.spot());
        assertThat(help.canGoBackProperty().get()).isFalse();
    }

    @Test
    void a_page_that_is_not_there_is_said_and_what_was_read_stays() {
        help.open(Spot.top("plan"));
        help.open(Spot.top("no-such-page"));
        assertThat(help.problemProperty().get())
                .isEqualTo("This build has no page \"no-such-page\".");
        assertThat(help.spotProperty().get()).isEqualTo(Spot.top("plan"));
        help.open(new Spot("run-file", "no-such-part"));
        assertThat(help.problemProperty().get()).contains("no part \"no-such-part\"");
        assertThat(help.spotProperty().get()).isEqualTo(Spot.top("run-file"));
        help.open(Spot.top("methods"));
        assertThat(help.problemProperty().get()).isEmpty();
    }

    @Test
    void a_search_counts_what_it_finds_and_names_the_parts_with_it_in_their_heading_first() {
        help.queryProperty().set("replay RESUME");
        assertThat(help.hits().getFirst().spot())
                .isEqualTo(new Spot("architecture", "replay-and-resume"));
        assertThat(help.foundProperty().get())
                .matches("\\d+ places? in \\d+ pages?")
                .startsWith(help.hits().size() + " ");
        assertThat(help.hits())
                .allSatisfy(
                        hit ->
                                assertThat(
                                                help.handbook()
                                                        .find(hit.spot().page())
                                                        .flatMap(
                                                                a ->
                                                                        a.section(
                                                                                hit.spot()
                                                                                        .anchor())))
                                        .isPresent());
        help.queryProperty().set("zzzz");
        assertThat(help.hits()).isEmpty();
        assertThat(help.foundProperty().get()).startsWith("Nothing found");
        help.queryProperty().set("  ");
        assertThat(help.foundProperty().get()).isEmpty();
    }

    @Test
    void an_excerpt_shows_the_find_between_whole_words() {
        Article article =
                Article.of(
                        "x",
                        "# Top\n" + "word ".repeat(30) + "the needle here " + "more ".repeat(40));
        Hit hit = GuideSearch.find(List.of(article), "NEEDLE").getFirst();
        assertThat(hit.excerpt())
                .contains("the needle here")
                .startsWith("… word")
                .endsWith("more …")
                .hasSizeLessThan(140);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "<script>alert(1)</script>",
                "|a|\n|-|\n",
                "[x](",
                "# ",
                "1. \n   - ",
                "[a]: b",
                "![](nowhere.png)",
                "````",
                "&#x110000;",
                "\uD800",
                "> > > > >"
            })
    void any_text_is_a_page(String markdown) {
        Article article = Article.of("odd", markdown);
        assertThat(article.title()).isNotEmpty();
        assertThat(GuideSearch.find(List.of(article), "a b")).isNotNull();
    }
}
