/**
 * The only room that talks to ONNX Runtime: native libraries, sessions, threads, one scope per
 * call.
 *
 * <p>Hands on {@code ForwardPass}. May use {@code data} and the rooms above it.
 */
package io.pocketllm.forward;
