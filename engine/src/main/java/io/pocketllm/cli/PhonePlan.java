package io.pocketllm.cli;

import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.TimePlan;
import java.util.Optional;

/**
 * A run on a phone.
 *
 * @param fit its memory there
 * @param time steps there; empty where no phone is simulated
 */
record PhonePlan(DeviceFit fit, Optional<TimePlan> time) {}
