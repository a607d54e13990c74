package io.pocketllm.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DisplayTest {

    @Test
    void linux_needs_x11_or_wayland() {
        assertThat(Display.isThere(Map.of(), "Linux", "")).isFalse();
        assertThat(Display.isThere(Map.of("DISPLAY", " "), "Linux", "")).isFalse();
        assertThat(Display.isThere(Map.of("DISPLAY", ":0"), "Linux", "")).isTrue();
        assertThat(Display.isThere(Map.of("WAYLAND_DISPLAY", "wayland-0"), "Linux", "")).isTrue();
    }

    @Test
    void windows_and_macos_always_have_one() {
        assertThat(Display.isThere(Map.of(), "Windows 11", "")).isTrue();
        assertThat(Display.isThere(Map.of(), "Mac OS X", "")).isTrue();
    }
}
