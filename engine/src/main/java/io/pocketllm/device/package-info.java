/**
 * Device profiles, limits, the low-memory killer, and host measurements.
 *
 * <p>Hands on {@code SimulatedPhone}. Knows nothing of models or training.
 */
package io.pocketllm.device;
