/**
 * The random numbers of directions, fast: one definition, a scalar kernel and a vector kernel that
 * give the same bits. Part of the room {@code zo}; uses no other package of the program.
 */
package io.pocketllm.zo.noise;
