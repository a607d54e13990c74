package io.pocketllm.phone;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test against a real adb server and a real adbd. Skipped, aloud, where they are not installed.
 * The profile {@code phones} runs these in an execution of their own, which finds them by the tag.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("real-adbd")
@ExtendWith(PhoneLab.IsInstalled.class)
@interface OnRealAdbd {}
