package io.pocketllm.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/home/ann/models/x.onnx: no, ~/models/x.onnx: no",
        "\"path\": \"/home/ann/x\", \"path\": \"~/x\"",
        "/data/ann/x and /data/anna/x, /data/user/x and /data/anna/x",
        "/mnt/ann, /mnt/user",
        "C:\\Users\\ann\\x, ~\\x",
        "\"C:\\\\Users\\\\ann\\\\x\", \"~\\\\x\"",
        "D:\\work\\ann\\x, D:\\work\\user\\x",
        "ann is in plan and an annex, ann is in plan and an annex",
        "/tmp/sandbox/home/x, ~/x"
    })
    void home_and_user_are_taken_out_of_paths(String text, String shown) {
        assertThat(
                        Private.hide(
                                text,
                                "ann",
                                "/home/ann",
                                "C:\\Users\\ann",
                                "/tmp/sandbox/home",
                                ""))
                .isEqualTo(shown);
    }
}
