/**
 * Device profiles, limits and the low-memory killer, the phone clock, heat and battery, and host
 * measurements.
 *
 * <p>Hands on {@code SimulatedPhone} and {@code PhoneSimulation}. Knows nothing of models or
 * training.
 */
package io.pocketllm.device;
