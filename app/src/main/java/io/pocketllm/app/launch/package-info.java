/** From the command line to a window, or to the terminal where there is no display. */
package io.pocketllm.app.launch;
