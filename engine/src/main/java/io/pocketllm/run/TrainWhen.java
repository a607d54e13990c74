package io.pocketllm.run;

/** When a run trains on its simulated phone. */
public enum TrainWhen {
    /** Always; a warm phone only slows down. */
    ALWAYS("always"),
    /** Not while the phone throttles. */
    COOL("cool"),
    /** Only while a charger is connected too, as phones do their own chores at night. */
    CHARGING_AND_COOL("charging-and-cool");

    private final String key;

    TrainWhen(String key) {
        this.key = key;
    }

    /** The word used in run files. */
    public String key() {
        return key;
    }
}
