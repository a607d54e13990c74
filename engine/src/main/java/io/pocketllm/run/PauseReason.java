package io.pocketllm.run;

/**
 * Words for why a phone makes a run wait: {@link Event.Paused#reason}, {@link
 * Event.Phone#pausedBy}.
 */
public final class PauseReason {

    /** It is too warm; {@code device.trainWhen} asks for a cool phone. */
    public static final String TOO_WARM = "too-warm";

    /** It has no charger; {@code device.trainWhen} asks for one. */
    public static final String NO_CHARGER = "no-charger";

    private PauseReason() {}
}
