package io.pocketllm.data;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a conversation becomes one text, up to the place where the model answers.
 *
 * <p>A model that was taught conversations knows one way of writing them; a plain one knows none,
 * and reads {@link #PLAIN} as any text.
 */
public enum ChatFormat {
    /** {@code User: Hello} a line, then {@code Assistant:} and the answer. */
    PLAIN("plain") {
        @Override
        String turn(String role, String content) {
            return Character.toUpperCase(role.charAt(0))
                    + role.substring(1)
                    + ": "
                    + content
                    + "\n";
        }

        @Override
        String answerBegins() {
            return "Assistant: ";
        }
    },
    /** The marks of ChatML, which Qwen and SmolLM instruct models were taught. */
    CHATML("chatml") {
        @Override
        String turn(String role, String content) {
            return "<|im_start|>" + role + "\n" + content + "<|im_end|>\n";
        }

        @Override
        String answerBegins() {
            return "<|im_start|>assistant\n";
        }
    };

    private final String key;

    ChatFormat(String key) {
        this.key = key;
    }

    /** Its name in a run file. */
    public String key() {
        return key;
    }

    abstract String turn(String role, String content);

    abstract String answerBegins();

    /** A conversation's text before the answer, and the answer: the last assistant message. */
    record Conversation(String prompt, String answer) {}

    /**
     * Reads {@code [{"role": ..., "content": ...}, ...]}.
     *
     * @return null where it is none, or holds no assistant message behind another one
     */
    Conversation read(JsonNode messages) {
        int last = -1;
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            boolean whole =
                    !message.path("role").asText().isBlank() && message.path("content").isTextual();
            if (!whole) {
                return null;
            }
            last = message.path("role").asText().equals("assistant") ? i : last;
        }
        if (last < 1) {
            return null;
        }
        StringBuilder prompt = new StringBuilder();
        for (int i = 0; i < last; i++) {
            JsonNode message = messages.get(i);
            prompt.append(turn(message.path("role").asText(), message.path("content").asText()));
        }
        return new Conversation(
                prompt + answerBegins(), messages.get(last).path("content").asText());
    }
}
