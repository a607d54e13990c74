/**
 * Real phones: which there are, what they tell about themselves, sending to them, and runs that go
 * on there.
 *
 * <p>Of the features it knows {@code train} alone, whose words and figures of a run it shares.
 * Hands on {@link io.pocketllm.app.phones.PhonesViewModel} and {@link
 * io.pocketllm.app.phones.PhonesPage}.
 */
package io.pocketllm.app.phones;
