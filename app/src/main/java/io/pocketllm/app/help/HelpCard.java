package io.pocketllm.app.help;

import java.util.Arrays;
import java.util.Optional;

/** Pages that are no text of the guide but do something. */
public enum HelpCard {
    /** Where a person begins. */
    FIRST_STEPS("first-steps", "First steps"),
    /** Every key, and what has none. */
    KEYS("keys", "Keys and actions"),
    /** Versions, folders, licences. */
    ABOUT("about", "About this program");

    private final String id;
    private final String title;

    HelpCard(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** Its id in a {@link Spot}. */
    public String id() {
        return id;
    }

    /** Its name in the contents. */
    public String title() {
        return title;
    }

    /** Its top. */
    public Spot spot() {
        return Spot.top(id);
    }

    /** The card of that id; empty where it is a page of the guide. */
    static Optional<HelpCard> of(String id) {
        return Arrays.stream(values()).filter(card -> card.id.equals(id)).findFirst();
    }
}
