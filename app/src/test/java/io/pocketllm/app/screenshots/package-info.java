/** Every place of the window as pictures, and what can be said of them without eyes. */
package io.pocketllm.app.screenshots;
