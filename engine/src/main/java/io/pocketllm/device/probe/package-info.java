/**
 * Measuring this computer as if it were a phone, with the runtime that trains.
 *
 * <p>Hands on {@code HostProbe}. Part of the room {@code device}; may use {@code forward}.
 */
package io.pocketllm.device.probe;
