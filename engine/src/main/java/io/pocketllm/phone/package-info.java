/**
 * Real phones over adb: find them, read one into a device profile, send files to it, run the engine
 * there. Talks to the adb server of this computer, which keeps USB, keys and pairing; never to a
 * phone directly.
 */
package io.pocketllm.phone;
