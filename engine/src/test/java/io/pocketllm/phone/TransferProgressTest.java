package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a transfer is, by what its files are for. */
class TransferProgressTest {

    @ParameterizedTest
    @CsvSource({
        "runs/one/run.json, RUN",
        "runs/one/phone.json, RUN",
        "engine/0123.tar, ENGINE",
        "models/minilm/model.safetensors, MODEL",
        "models/minilm/config.json, MODEL",
        "models/minilm/tokenizer.json, DATA",
        "models/minilm/model-tokenizer.json, DATA",
        "models/minilm/vocab.txt, DATA",
        "data/inbox/train.tsv, DATA",
        "tuned/one/tuned.json, TUNED",
        "something, RUN"
    })
    void a_file_is_told_by_where_it_goes(String path, TransferKind kind) {
        assertThat(TransferKind.of(path)).isEqualTo(kind);
    }

    @Test
    void each_kind_has_its_own_bytes_and_they_add_up_to_all() {
        List<TransferProgress> told = new ArrayList<>();
        TransferProgress.Meter meter =
                new TransferProgress.Meter(
                        List.of(
                                file("models/m/model.bin", 500),
                                file("models/m/config.json", 20),
                                file("models/m/tokenizer.json", 30),
                                file("data/d/train.tsv", 7)),
                        told::add);
        meter.skipped("models/m/config.json", 20);
        meter.skipped("models/m/tokenizer.json", 30);
        meter.sent("models/m/model.bin", 300);
        meter.sent("models/m/model.bin", 200);
        meter.sent("data/d/train.tsv", 7);
        meter.end("data/d/train.tsv");
        TransferProgress end = told.getLast();
        assertThat(end.doneBytes()).isEqualTo(end.totalBytes()).isEqualTo(557);
        assertThat(end.parts())
                .containsExactly(
                        new TransferProgress.Part(TransferKind.MODEL, 520, 520, 20),
                        new TransferProgress.Part(TransferKind.DATA, 37, 37, 30));
        assertThat(meter.sentBytes()).isEqualTo(507);
        assertThat(end.parts()).noneMatch(TransferProgress.Part::wasThere);
        assertThat(TransferProgress.kept("engine/x.tar", 9).parts())
                .allMatch(TransferProgress.Part::wasThere);
    }

    private static PhoneFile file(String path, int bytes) {
        return PhoneFile.of(path, new byte[bytes]);
    }
}
