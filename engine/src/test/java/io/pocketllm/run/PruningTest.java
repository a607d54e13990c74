package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pocketllm.data.DataException;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.Projection;
import io.pocketllm.model.prune.PrunableModels;
import io.pocketllm.objective.Importance;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Space;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pruning from request to folder: what is chosen, what is refused, what a kill leaves. */
@Timeout(60)
class PruningTest {

    @TempDir private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private PruningRequest request(Path model, double magnitude, int heads, int layers) {
        return new PruningRequest(
                model.toString(), out(), magnitude, heads, layers, List.of(), Map.of(), 16);
    }

    private static PruningReport prune(PruningRequest request) throws Exception {
        return Pruning.run(request, MiniLm.CACHE, (phase, fraction) -> {});
    }

    private Path labelled() throws Exception {
        return Files.writeString(
                folder.resolve("data.jsonl"),
                """
                {"text": "can you take my shift", "label": "ask"}
                {"text": "half price every sofa", "label": "sell"}
                {"text": "will you bring the keys", "label": "ask"}
                {"text": "free delivery today", "label": "sell"}
                """);
    }

    @Test
    void allThreeTogetherLeaveAFolderThatSaysWhatIsGone() throws Exception {
        Path model = PrunableModels.copy("opt-tiny", folder.resolve("model"));
        PruningRequest request =
                new PruningRequest(
                        model.toString(),
                        out(),
                        0.5,
                        3,
                        1,
                        List.of(labelled().toString()),
                        Map.of("ask", "can you", "sell", "price"),
                        16);
        PruningReport report = prune(request);

        assertThat(report.before().layers()).isEqualTo(3);
        assertThat(report.after().layers()).isEqualTo(2);
        assertThat(report.after().heads()).isEqualTo(2 * 4 - 3);
        assertThat(report.layerImportance()).hasSize(3);
        assertThat(report.removedLayers()).hasSize(1);
        assertThat(report.headImportance()).hasSize(8);
        assertThat(report.removedHeads())
                .isEqualTo(Importance.least(report.headImportance(), 3))
                .noneMatch(h -> h.layer() == report.removedLayers().getFirst().layer());
        assertThat(report.measure().orElseThrow().kind()).isEqualTo("zero-shot-loss");
        assertThat(report.measure().orElseThrow().after().loss()).isPositive();
        try (LanguageModel pruned = PrunableModels.open(out())) {
            long linear =
                    pruned.graph().projections().stream()
                            .mapToLong(p -> (long) p.inSize() * p.outSize())
                            .sum();
            assertThat(report.zeroed()).isBetween(linear / 2, linear / 2 + 12);
            assertThat(report.after().parameters()).isEqualTo(pruned.parameters());
            assertThat(pruned.info().hasVocabularyHead()).isTrue();
        }
        assertThat(out().resolve("tokenizer.json"))
                .hasSameBinaryContentAs(model.resolve("tokenizer.json"));
        assertThat(report.after().weightBytes())
                .isLessThan(report.before().weightBytes())
                .isLessThan(Files.size(out().resolve("model.safetensors")));
    }

    /** Each chosen part alone changes the loss by what the report says of it. */
    @Test
    void theLossAfterOneHeadIsTheLossBeforeAndItsImportance() throws Exception {
        Path model = PrunableModels.copy("bert-tiny", folder.resolve("model"));
        PruningReport report = prune(request(model, 0, 1, 0));

        PruningReport.Measure measure = report.measure().orElseThrow();
        assertThat(measure.kind()).isEqualTo("hidden-states");
        assertThat(measure.texts()).isEqualTo(16);
        assertThat(measure.before().loss()).isZero();
        assertThat(measure.after().loss())
                .isCloseTo(
                        report.removedHeads().getFirst().rise(),
                        org.assertj.core.data.Offset.offset(1e-5));
        assertThat(report.headImportance())
                .allMatch(h -> h.rise() >= report.removedHeads().getFirst().rise());
    }

    @Test
    void aDecoderWithSharedKeysLosesLayersAndWeights() throws Exception {
        Path model = PrunableModels.copy("llama-tied-tiny", folder.resolve("model"));
        PruningReport report = prune(request(model, 0.2, 0, 2));

        assertThat(report.after().layers()).isEqualTo(1);
        assertThat(report.removedLayers()).hasSize(2);
        assertThat(Files.readString(out().resolve("config.json"))).doesNotContain("pruned_heads");
    }

    @Test
    void magnitudeAloneNeedsNoTextsAndMeasuresNothing() throws Exception {
        Path model = PrunableModels.copy("gpt2-tiny", folder.resolve("model"));
        List<String> phases = new ArrayList<>();
        PruningReport report =
                Pruning.run(
                        request(model, 0.5, 0, 0),
                        MiniLm.CACHE,
                        (phase, fraction) -> phases.add(phase));

        assertThat(report.measure()).isEmpty();
        assertThat(report.zeroed()).isPositive();
        assertThat(report.after().parameters()).isEqualTo(report.before().parameters());
        assertThat(phases).contains("Writing").doesNotContain("Measuring heads");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-0.1 | 0   | 0  | magnitude is -0.1 | a share from 0 to below 1",
                "1    | 0   | 0  | magnitude is 1.0  | a share from 0 to below 1",
                "NaN  | 0   | 0  | magnitude is NaN  | a share from 0 to below 1",
                "0    | -1  | 0  | heads is -1       | 0 or more",
                "0    | 0   | -7 | layers is -7      | 0 or more",
                "0    | 0   | 0  | nothing is to be taken away | magnitude, heads or layers",
                "0    | 0   | 2  | layers is 2, and model has 2 | at most 1",
                "0    | 7   | 0  | heads is 7, and model has 8 in 2 layers | at most 6",
                "0    | 4   | 1  | heads is 4, and model has 8 in 2 layers | at most 3",
            })
    void whatCannotBeTakenAwayIsRefusedByName(
            double magnitude, int heads, int layers, String problem, String hint) throws Exception {
        Path model = PrunableModels.copy("bert-tiny", folder.resolve("model"));

        ModelException refused = refusal(request(model, magnitude, heads, layers));

        assertThat(refused).hasMessageContaining(problem);
        assertThat(refused.hint()).contains(hint);
        assertThat(out()).doesNotExist();
    }

    private static ModelException refusal(PruningRequest request) {
        return (ModelException) catchThrowable(() -> prune(request));
    }

    @Test
    void headsThatShareKeysAreRefused() throws Exception {
        Path model = PrunableModels.copy("llama-tiny", folder.resolve("model"));

        assertThat(refusal(request(model, 0, 1, 0)))
                .hasMessageContaining("heads is 1")
                .hasMessageContaining("llama cannot lose any");
    }

    @Test
    void anOnnxFileIsRefused() {
        PruningRequest request =
                new PruningRequest(
                        MiniLm.files().path().toString(),
                        out(),
                        0.5,
                        0,
                        0,
                        List.of(),
                        Map.of(),
                        16);

        assertThat(refusal(request)).hasMessageContaining("is an ONNX file");
        assertThat(refusal(request).hint()).contains("Hugging Face folder");
    }

    @Test
    void aFolderThatIsThereIsNotWrittenOver() throws Exception {
        Path model = PrunableModels.copy("bert-tiny", folder.resolve("model"));
        Files.createDirectories(out());

        assertThat(refusal(request(model, 0.5, 0, 0))).hasMessageContaining("is there already");
        assertThat(out()).isEmptyDirectory();
    }

    /** At every moment before the end the place is free, so a kill leaves nothing there. */
    @Test
    void theFolderAppearsWholeAndNotBefore() throws Exception {
        Path model = PrunableModels.copy("bert-tiny", folder.resolve("model"));
        Pruning.run(
                request(model, 0.5, 2, 0),
                MiniLm.CACHE,
                (phase, fraction) -> assertThat(out()).as(phase).doesNotExist());

        assertThat(out()).isNotEmptyDirectory();
        assertThat(beside()).isEmpty();
    }

    @Test
    void whatIsGivenUpInTheMiddleLeavesNothing() throws Exception {
        Path model = PrunableModels.copy("bert-tiny", folder.resolve("model"));
        Throwable thrown =
                catchThrowable(
                        () ->
                                Pruning.run(
                                        request(model, 0.5, 0, 0),
                                        MiniLm.CACHE,
                                        (phase, fraction) -> {
                                            if (phase.equals("Writing") && fraction > 0.5) {
                                                throw new IllegalStateException("enough");
                                            }
                                        }));

        assertThat(thrown).hasMessage("enough");
        assertThat(out()).doesNotExist();
        assertThat(beside()).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsSweptUpADayLater() throws Exception {
        Path model = PrunableModels.copy("bert-tiny", folder.resolve("model"));
        Path old = partial();
        Path recent = partial();
        Path another = Files.createDirectories(folder.resolve("out.notes.partial"));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(old, longAgo);
        Files.setLastModifiedTime(another, longAgo);

        prune(request(model, 0.5, 0, 0));

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(another).exists();
    }

    private Path partial() throws Exception {
        Path left = folder.resolve("out." + UUID.randomUUID() + ".partial");
        Files.createDirectories(left);
        Files.writeString(left.resolve("model.safetensors.partial"), "half");
        return left;
    }

    private List<Path> beside() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.toString().endsWith(".partial")).toList();
        }
    }

    @Test
    void aDescriptionForALabelThatIsNotThereIsRefused() throws Exception {
        Path model = PrunableModels.copy("bert-tiny", folder.resolve("model"));
        PruningRequest request =
                new PruningRequest(
                        model.toString(),
                        out(),
                        0,
                        1,
                        0,
                        List.of(labelled().toString()),
                        Map.of("buy", "price"),
                        16);

        DataException refused = (DataException) catchThrowable(() -> prune(request));

        assertThat(refused).hasMessageContaining("label \"buy\"");
        assertThat(refused.hint()).contains("ask, sell");
    }

    @Test
    void aModelThatGivesNoNumbersIsRefusedWithTheWeightAtFault() throws Exception {
        Path model = PrunableModels.copy("bert-tiny", folder.resolve("model"));
        Path file = model.resolve("model.safetensors");
        String name = "bert.encoder.layer.0.output.dense.weight";
        try (ParameterStore store = new ParameterStore();
                SafetensorsFile old = SafetensorsFile.open(file)) {
            old.tensors().values().forEach(store::copyOf);
            store.get(name).set(5, Float.NaN);
            SafetensorsWriter.write(folder.resolve("bad"), store.tensors(), Map.of());
        }
        Files.delete(file);
        Files.move(folder.resolve("bad"), file);

        assertThat(refusal(request(model, 0, 1, 0)))
                .hasMessageContaining(name + " holds NaN at index 5");
    }

    @Test
    void aPlanCountsTheAdaptersOfLayersOfDifferentSizes() throws Exception {
        Path model = PrunableModels.copy("bert-tiny", folder.resolve("model"));
        prune(request(model, 0, 3, 0));

        try (LanguageModel pruned = PrunableModels.open(out())) {
            MethodSpec lora = MethodSpec.mezo(Space.LORA, 1e-3).with(MethodSetting.LORA_RANK, 4);
            RunPlan plan =
                    RunPlan.of(
                            new PlanRequest(
                                    pruned.info(),
                                    BaseSpec.of(BaseFormat.AS_STORED),
                                    lora,
                                    PlanRequest.Ending.POOLED,
                                    4,
                                    0,
                                    0,
                                    16,
                                    0,
                                    io.pocketllm.forward.MemoryProfile.BALANCED));
            long numbers =
                    Projection.queriesAndValues(pruned.graph().projections()).stream()
                            .mapToLong(p -> 4L * (p.inSize() + p.outSize()))
                            .sum();

            assertThat(plan.parts())
                    .filteredOn(part -> part.name().equals("trainable copies"))
                    .singleElement()
                    .satisfies(part -> assertThat(part.bytes()).isEqualTo(4 * numbers));
        }
    }
}
