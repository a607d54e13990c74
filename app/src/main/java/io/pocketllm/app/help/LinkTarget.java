package io.pocketllm.app.help;

import java.util.Locale;

/** Where a link of a page leads. */
sealed interface LinkTarget {

    /** To a place of the guide. */
    record Inside(Spot spot) implements LinkTarget {}

    /**
     * Out of the program, which opens no network: its address is shown and copied.
     *
     * @param address such as "https://arxiv.org/abs/2305.17333"
     */
    record Outside(String address) implements LinkTarget {}

    /**
     * Reads a link.
     *
     * @param page the page it stands on
     * @param destination what its Markdown says: "plan.md#measured", "#keys", "https://…"
     */
    static LinkTarget of(String page, String destination) {
        String to = destination.strip();
        int hash = to.indexOf('#');
        String file = hash < 0 ? to : to.substring(0, hash);
        String anchor = hash < 0 ? "" : to.substring(hash + 1).toLowerCase(Locale.ROOT);
        if (file.startsWith("./")) {
            file = file.substring(2);
        }
        if (file.isEmpty()) {
            return new Inside(new Spot(page, anchor));
        }
        if (file.endsWith(".md") && !file.contains("/") && !file.contains(":")) {
            return new Inside(new Spot(file.substring(0, file.length() - 3), anchor));
        }
        return new Outside(to);
    }
}
