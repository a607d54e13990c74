package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.architecture.ShapeInfo;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.plan.FitTable;
import io.pocketllm.plan.FitTable.Row;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.plan.TimeBasis;
import io.pocketllm.plan.TrainingWay;
import io.pocketllm.tensor.DType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person is told before a run, and what they are offered where it would be killed. */
class RunOutlookTest {

    private static final String MB = "000000";

    private final ModelInfo large = info("roberta-large");

    private static ModelInfo info(String shape) {
        try {
            return ShapeInfo.of(shape, DType.F32);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static RunFile file(Map<String, String> changes) throws Exception {
        return Runs.sample("inbox-nurse")
                .with(Map.of("method", "{\"preset\": \"mezo-lora\"}"))
                .with(changes);
    }

    private static RunOutlook outlook(RunFile file, ModelInfo info) throws Exception {
        return RunOutlook.of(file, "a model", info);
    }

    @Test
    void aRunThatFitsNeedsNoRemedy() throws Exception {
        RunOutlook outlook = outlook(file(Map.of("device.budgetBytes", "4000" + MB)), large);

        assertThat(outlook.fit().orElseThrow().verdict()).isEqualTo(Verdict.FITS);
        assertThat(outlook.killed()).isFalse();
        assertThat(outlook.remedies()).isEmpty();
        assertThat(outlook.largestBatch()).isGreaterThan(32);
    }

    @Test
    void everyRemedyReallyFitsAndSaysWhatItTakes() throws Exception {
        RunFile file = file(Map.of("device.budgetBytes", "900" + MB));
        RunOutlook outlook = outlook(file, large);

        assertThat(outlook.killed()).isTrue();
        assertThat(outlook.remedies())
                .extracting(Remedy::what)
                .contains("an int8 base")
                .doesNotHaveDuplicates();
        for (Remedy remedy : outlook.remedies()) {
            RunOutlook after = outlook(file.with(remedy.changes()), large);
            assertThat(after.fit().orElseThrow().verdict())
                    .as(remedy.what())
                    .isEqualTo(Verdict.FITS);
            assertThat(after.plan().totalBytes()).isEqualTo(remedy.totalBytes());
        }
    }

    @Test
    void whereAllParametersMoveAdaptersAreOfferedAndAQuantisedBaseAloneIsNot() throws Exception {
        RunOutlook outlook =
                outlook(
                        file(
                                Map.of(
                                        "method",
                                        "{\"preset\": \"mezo\"}",
                                        "device.budgetBytes",
                                        "1200" + MB)),
                        large);

        assertThat(outlook.remedies())
                .extracting(Remedy::what)
                .anyMatch(what -> what.startsWith("adapters"))
                .doesNotContain("an int8 base", "an int4 base");
    }

    @Test
    void aBudgetBelowTheRuntimeHasNoRemedy() throws Exception {
        RunOutlook outlook = outlook(file(Map.of("device.budgetBytes", "90" + MB)), large);

        assertThat(outlook.killed()).isTrue();
        assertThat(outlook.remedies()).isEmpty();
        assertThat(outlook.largestBatch()).isZero();
    }

    @Test
    void withoutAPhoneNothingLimitsTheRun() throws Exception {
        RunOutlook outlook = outlook(file(Map.of("device.profile", "none")), large);

        assertThat(outlook.fit()).isEmpty();
        assertThat(outlook.plan().totalBytes()).isPositive();
    }

    @Test
    void aModelThatCannotDoWhatIsAskedIsRefused() throws Exception {
        RunFile longTexts = file(Map.of("data.maxTokens", "600"));

        assertThatThrownBy(() -> outlook(longTexts, large))
                .isInstanceOf(RunFileException.class)
                .hasMessageContaining("data.maxTokens");
    }

    @Test
    void theTableHasARowForEachWayAndAVerdictForEachPhone() throws Exception {
        var template = PlannedRun.request(file(Map.of()).spec(), large);
        List<TrainingWay> ways = TrainingWay.usual("roberta-large", template);
        FitTable table = FitTable.of(ways, DeviceCatalogue.builtin(), TimeBasis.SIZES_ALONE);

        assertThat(table.rows()).extracting(Row::way).containsExactlyElementsOf(ways);
        assertThat(ways)
                .extracting(way -> way.base() + " · " + way.method())
                .contains("fp32 · MeZO, full", "fp16 · MeZO, full", "int8 · MeZO on LoRA")
                .contains("fp32 · AdamW, backpropagation")
                .doesNotHaveDuplicates();
        for (Row row : table.rows()) {
            assertThat(row.fits())
                    .extracting(DeviceFit::device)
                    .containsExactlyElementsOf(
                            DeviceCatalogue.builtin().stream().map(d -> d.id()).toList());
            for (DeviceFit fit : row.fits()) {
                assertThat(fit.verdict())
                        .isEqualTo(Verdict.of(row.plan().totalBytes(), fit.budgetBytes()));
            }
        }
        assertThat(bytes(table, "int8")).isLessThan(bytes(table, "fp32"));
        // Halves that move take half of it, and a buffer.
        assertThat(bytes(table, "fp16")).isLessThan(7 * bytes(table, "fp32") / 10);
        assertThat(table.rows().getLast().plan().totalBytes())
                .isGreaterThan(3 * table.rows().getFirst().plan().totalBytes());
    }

    @Test
    void anObjectiveOfWordsIsTakenInTheFormTheModelHas() throws Exception {
        RunFile words =
                file(
                        Map.of(
                                "objective",
                                "{\"kind\": \"label-word\", \"template\": \"{text} {mask}\","
                                        + " \"labels\": {\"yes\": \"good\", \"no\": \"bad\"}}",
                                "training.reference",
                                "null"));
        RunPlan decoder = RunPlan.of(PlannedRun.request(words.spec(), info("opt-tiny")));
        RunPlan encoder = RunPlan.of(PlannedRun.request(words.spec(), info("roberta-tiny")));

        assertThat(part(decoder, "logits")).isPositive();
        assertThat(part(encoder, "logits")).isZero();
    }

    private static long part(RunPlan plan, String name) {
        return plan.parts().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    @Test
    void whatIsStoredInHalfPrecisionHasOneRowForItAndAGraphOfAFileHasNone() throws Exception {
        RunSpec spec = file(Map.of()).spec();
        ModelInfo half = ShapeInfo.of("roberta-large", DType.F16);
        assertThat(TrainingWay.usual("m", PlannedRun.request(spec, half)))
                .extracting(way -> way.base() + " · " + way.method())
                .containsOnlyOnce("fp16 · MeZO, full")
                .doesNotContain("fp32 · MeZO, full")
                .doesNotHaveDuplicates();
        assertThat(TrainingWay.usual("m", PlannedRun.request(spec, onnx(large))))
                .extracting(TrainingWay::base)
                .doesNotContain("fp16");
    }

    private static ModelInfo onnx(ModelInfo m) {
        return new ModelInfo(
                "onnx",
                m.kind(),
                m.layers(),
                m.hiddenSize(),
                m.stateSize(),
                m.heads(),
                m.keyValueHeads(),
                m.headSize(),
                m.feedForwardSize(),
                m.vocabularySize(),
                m.contextLength(),
                m.dtype(),
                m.parameters(),
                m.tied(),
                m.parametersByPart(),
                m.hasVocabularyHead(),
                m.hasTokenTypes(),
                m.hasPositionIds(),
                m.takesPrefix(),
                m.headsByLayer());
    }

    private static long bytes(FitTable table, String base) {
        return table.rows().stream()
                .filter(row -> row.way().base().equals(base))
                .findFirst()
                .orElseThrow()
                .plan()
                .totalBytes();
    }
}
