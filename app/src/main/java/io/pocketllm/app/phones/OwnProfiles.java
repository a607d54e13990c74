package io.pocketllm.app.phones;

import io.pocketllm.device.UserProfiles;

/**
 * The person's own profiles.
 *
 * @param folder where they are
 * @param changed to be called when one came or changed
 */
public record OwnProfiles(UserProfiles folder, Runnable changed) {}
