package io.pocketllm.app.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All pages of the guide that this build has, in the order of its contents. */
public final class Handbook {

    /** The page that a place without one of its own opens. */
    static final String START = "guide";

    private static final String GUIDE = "guide-";

    /** What stands where. A page that a build lacks is left out. */
    private static final Map<String, List<String>> ORDER = order();

    private final Map<String, Article> articles = new LinkedHashMap<>();

    /** Reads the pages that are packed into the program. */
    public Handbook() {
        ORDER.values().stream().flatMap(List::stream).forEach(this::load);
    }

    private static Map<String, List<String>> order() {
        Map<String, List<String>> order = new LinkedHashMap<>();
        order.put("Start here", List.of(START, "sample-run", "three-phones", "install"));
        order.put("Places", List.of("guide-train", "guide-runs", "guide-fits", "guide-phones"));
        order.put(
                "Reference",
                List.of(
                        "run-file",
                        "methods",
                        "models",
                        "data",
                        "plan",
                        "simulated-phone",
                        "devices",
                        "phones",
                        "sweeps",
                        "pruning",
                        "quantisation"));
        order.put(
                "Inside the program",
                List.of(
                        "architecture",
                        "adding-a-method",
                        "adding-an-architecture",
                        "benchmarks",
                        "dependencies",
                        "expectations"));
        return order;
    }

    private void load(String id) {
        try (InputStream in = open(id + ".md")) {
            if (in != null) {
                String markdown = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                articles.put(id, Article.of(id, markdown));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own page " + id, e);
        }
    }

    /**
     * A file of the guide.
     *
     * @param name such as "images/runs.png"
     * @return null where this build lacks it
     */
    static InputStream open(String name) {
        return Handbook.class.getResourceAsStream("docs/" + name);
    }

    /** Groups and the pages in each. */
    Map<String, List<Article>> contents() {
        Map<String, List<Article>> contents = new LinkedHashMap<>();
        ORDER.forEach(
                (group, ids) ->
                        contents.put(
                                group,
                                ids.stream()
                                        .filter(articles::containsKey)
                                        .map(articles::get)
                                        .toList()));
        return contents;
    }

    /** All pages, in order. */
    List<Article> articles() {
        return List.copyOf(articles.values());
    }

    /** The page of that id. */
    Optional<Article> find(String id) {
        return Optional.ofNullable(articles.get(id));
    }

    /**
     * The page about a place of the window.
     *
     * @param place its name in lower case, such as "train"
     */
    Spot about(String place) {
        return Spot.top(articles.containsKey(GUIDE + place) ? GUIDE + place : START);
    }
}
