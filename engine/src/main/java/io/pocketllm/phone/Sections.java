package io.pocketllm.phone;

import java.util.LinkedHashMap;
import java.util.Map;

/** Splits a script's answer at its {@code @@name} lines. */
final class Sections {

    private final Map<String, String> byName = new LinkedHashMap<>();

    private Sections() {}

    static Sections of(String text) {
        Sections sections = new Sections();
        String name = "";
        StringBuilder body = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("@@")) {
                sections.byName.putIfAbsent(name, body.toString());
                name = line.substring(2).strip();
                body.setLength(0);
            } else {
                body.append(line).append('\n');
            }
        }
        sections.byName.putIfAbsent(name, body.toString());
        return sections;
    }

    /** The text below that line; empty where there is none. */
    String get(String name) {
        return byName.getOrDefault(name, "");
    }

    /** Free bytes of what {@code df -k} answered; -1 where it cannot be told. */
    static long freeBytes(String df) {
        for (String line : df.split("\n")) {
            String[] words = line.strip().split("\\s+");
            for (int i = 3; i < words.length; i++) {
                if (words[i].matches("\\d{1,3}%") && words[i - 1].matches("\\d{1,15}")) {
                    return Long.parseLong(words[i - 1]) * 1024;
                }
            }
        }
        return -1;
    }
}
