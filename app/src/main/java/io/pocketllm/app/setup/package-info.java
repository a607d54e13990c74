/**
 * What is going to run: model, data, phone and method, as cards with fields.
 *
 * <p>Every change goes through the run file, so its checks and messages are the engine's. Knows the
 * kit rooms and the engine.
 */
package io.pocketllm.app.setup;
