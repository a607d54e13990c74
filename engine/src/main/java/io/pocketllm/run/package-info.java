/**
 * The run file, the trainer loop, events, the run folder, and the worker process with its commands.
 *
 * <p>Hands on {@code Run}. May use every room but {@code phone} and {@code cli}.
 */
package io.pocketllm.run;
