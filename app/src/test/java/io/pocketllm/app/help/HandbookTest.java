package io.pocketllm.app.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.help.LinkTarget.Inside;
import io.pocketllm.app.help.LinkTarget.Outside;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.junit.jupiter.api.Test;

/** The pages that are packed into the program, all links and pictures of them. */
class HandbookTest {

    private final Handbook handbook = new Handbook();

    private static Path docs() {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("../docs")
                .normalize();
    }

    @Test
    void every_page_of_docs_is_in_the_contents_word_for_word() throws IOException {
        try (Stream<Path> files = Files.list(docs())) {
            List<String> ids =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".md"))
                            .map(name -> name.substring(0, name.length() - 3))
                            .toList();
            assertThat(handbook.articles())
                    .as("name a new page in Handbook.order()")
                    .extracting(Article::id)
                    .containsExactlyInAnyOrderElementsOf(ids);
            for (String id : ids) {
                try (InputStream packed = Handbook.open(id + ".md")) {
                    assertThat(packed.readAllBytes())
                            .isEqualTo(Files.readAllBytes(docs().resolve(id + ".md")));
                }
            }
        }
    }

    @Test
    void every_link_of_every_page_leads_somewhere() {
        List<String> broken = new ArrayList<>();
        int[] inside = {0};
        for (Article article : handbook.articles()) {
            for (String destination : destinations(article, Link.class)) {
                switch (LinkTarget.of(article.id(), destination)) {
                    case Inside(Spot spot) -> {
                        inside[0]++;
                        Article to = handbook.find(spot.page()).orElse(null);
                        if (to == null
                                || !spot.anchor().isEmpty()
                                        && to.section(spot.anchor()).isEmpty()) {
                            broken.add(article.id() + ": " + destination);
                        }
                    }
                    case Outside(String address) -> {
                        if (!address.matches("https?://[^\\s]+")) {
                            broken.add(article.id() + ": " + destination);
                        }
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(inside[0]).isGreaterThan(30);
    }

    @Test
    void every_picture_of_every_page_is_packed() throws IOException {
        List<String> names =
                handbook.articles().stream()
                        .flatMap(article -> destinations(article, Image.class).stream())
                        .toList();
        assertThat(names).hasSizeGreaterThan(10);
        for (String name : names) {
            try (InputStream in = Handbook.open(name)) {
                assertThat(in).as(name).isNotNull();
                assertThat(in.readNBytes(4))
                        .as(name)
                        .isEqualTo(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
            }
        }
    }

    private static <N extends org.commonmark.node.Node> List<String> destinations(
            Article article, Class<N> kind) {
        List<String> all = new ArrayList<>();
        article.document()
                .accept(
                        new AbstractVisitor() {
                            @Override
                            public void visit(Link link) {
                                if (kind == Link.class) {
                                    all.add(link.getDestination());
                                }
                                visitChildren(link);
                            }

                            @Override
                            public void visit(Image image) {
                                if (kind == Image.class) {
                                    all.add(image.getDestination());
                                }
                            }
                        });
        return all;
    }

    @Test
    void every_place_has_its_page_and_one_without_gets_the_first() {
        assertThat(handbook.about("train")).isEqualTo(Spot.top("guide-train"));
        assertThat(handbook.about("runs")).isEqualTo(Spot.top("guide-runs"));
        assertThat(handbook.about("fits")).isEqualTo(Spot.top("guide-fits"));
        assertThat(handbook.about("help")).isEqualTo(Spot.top("guide"));
    }

    @Test
    void anchors_are_those_of_the_sites_that_show_the_pages() {
        Article article =
                Article.of("x", "# A\n## What fits, where?\n## `run.json` & co\n## A\ntext");
        assertThat(article.sections())
                .extracting(Section::anchor)
                .containsExactly("a", "what-fits-where", "runjson--co", "a-1");
        assertThat(article.title()).isEqualTo("A");
    }

    @Test
    void links_are_told_apart() {
        assertThat(LinkTarget.of("plan", "#measured"))
                .isEqualTo(new Inside(new Spot("plan", "measured")));
        assertThat(LinkTarget.of("plan", "run-file.md#Events"))
                .isEqualTo(new Inside(new Spot("run-file", "events")));
        assertThat(LinkTarget.of("plan", "./run-file.md"))
                .isEqualTo(new Inside(Spot.top("run-file")));
        assertThat(LinkTarget.of("plan", "https://a.org/b.md"))
                .isEqualTo(new Outside("https://a.org/b.md"));
        assertThat(LinkTarget.of("plan", "../../etc/passwd"))
                .isEqualTo(new Outside("../../etc/passwd"));
    }
}
