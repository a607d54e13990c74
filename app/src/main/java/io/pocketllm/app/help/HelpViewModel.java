package io.pocketllm.app.help;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Which page of the guide is read, what was read before, and what is searched for. */
public final class HelpViewModel {

    /** More steps back than anyone goes. */
    private static final int LONGEST_WAY_BACK = 100;

    private final Supplier<Handbook> reader;
    private final Deque<Spot> before = new ArrayDeque<>();
    private final ReadOnlyObjectWrapper<Spot> spot =
            new ReadOnlyObjectWrapper<>(HelpCard.FIRST_STEPS.spot());
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper found = new ReadOnlyStringWrapper("");
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<Hit> hits = FXCollections.observableArrayList();
    private final BooleanProperty searchWanted = new SimpleBooleanProperty();
    private Handbook handbook;

    /**
     * @param reader reads the guide, when it is first needed
     */
    public HelpViewModel(Supplier<Handbook> reader) {
        this.reader = reader;
        query.addListener(o -> search());
    }

    /** All pages. */
    public Handbook handbook() {
        if (handbook == null) {
            handbook = reader.get();
        }
        return handbook;
    }

    private void search() {
        hits.setAll(GuideSearch.find(handbook().articles(), query.get()));
        long pages = hits.stream().map(hit -> hit.spot().page()).distinct().count();
        found.set(
                query.get().isBlank()
                        ? ""
                        : hits.isEmpty()
                                ? "Nothing found. Try one word, or the beginning of one."
                                : count(hits.size(), "place") + " in " + count(pages, "page"));
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Opens a place of the guide; one that is not there is said, and what was read stays. */
    public void open(Spot to) {
        problem.set("");
        if (HelpCard.of(to.page()).isPresent()) {
            go(Spot.top(to.page()));
            return;
        }
        Article article = handbook().find(to.page()).orElse(null);
        if (article == null) {
            problem.set("This build has no page \"" + to.page() + "\".");
            return;
        }
        if (!to.anchor().isEmpty() && article.section(to.anchor()).isEmpty()) {
            problem.set("\"" + article.title() + "\" has no part \"" + to.anchor() + "\".");
            go(Spot.top(to.page()));
            return;
        }
        go(to);
    }

    private void go(Spot to) {
        if (!to.equals(spot.get())) {
            before.push(spot.get());
            if (before.size() > LONGEST_WAY_BACK) {
                before.removeLast();
            }
            canGoBack.set(true);
            spot.set(to);
        }
    }

    /** Opens the page about a place of the window, by its name in lower case. */
    public void openAbout(String place) {
        open(handbook().about(place));
    }

    /** Opens what was read before; nothing where there is none. */
    public void back() {
        if (!before.isEmpty()) {
            problem.set("");
            spot.set(before.pop());
            canGoBack.set(!before.isEmpty());
        }
    }

    /** The title of what is read. */
    String title() {
        String page = spot.get().page();
        return HelpCard.of(page)
                .map(HelpCard::title)
                .or(() -> handbook().find(page).map(Article::title))
                .orElse(page);
    }

    /** The group of the contents that what is read is in. */
    String group() {
        return handbook().contents().entrySet().stream()
                .filter(g -> g.getValue().stream().anyMatch(a -> a.id().equals(spot.get().page())))
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.joining());
    }

    /** Parts of a page that the contents name: those under its title. */
    static List<Section> chapters(Article article) {
        return article.sections().stream().filter(s -> s.level() == 2).toList();
    }

    /** What is read. */
    public ReadOnlyObjectProperty<Spot> spotProperty() {
        return spot.getReadOnlyProperty();
    }

    /** Whether something was read before. */
    public ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
    }

    /** Why a link led nowhere; empty for nothing. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What is searched for. */
    public StringProperty queryProperty() {
        return query;
    }

    /** What was found. */
    public ObservableList<Hit> hits() {
        return hits;
    }

    /** How much was found, in words; empty where nothing is searched for. */
    public ReadOnlyStringProperty foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** Set where the person wants to type a search; the page answers and takes it back. */
    public BooleanProperty searchWantedProperty() {
        return searchWanted;
    }
}
