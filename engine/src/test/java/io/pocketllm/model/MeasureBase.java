package io.pocketllm.model;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardOptions;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A program, not a test: {@code FOLDER CACHE FORMAT BLOCK SPACE PROFILE ROWS TOKENS}. Scores two
 * label words over a base, with LoRA adapters (SPACE {@code lora}), the blocks' scales as inputs
 * ({@code scales}) or neither ({@code plain}), and prints times and resident sets. The first run of
 * a format converts the weights; run it again for the numbers of training.
 */
final class MeasureBase {

    private static final int RANK = 8;
    private static final int PASSES = 4;

    private MeasureBase() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        MiniLm.prepare();
        Path folder = Path.of(args[0]);
        BaseSpec spec =
                new BaseSpec(BaseFormat.of(args[2]).orElseThrow(), Integer.parseInt(args[3]));
        int rows = Integer.parseInt(args[6]);
        int tokens = Integer.parseInt(args[7]);
        MemoryProfile profile = MemoryProfile.of(args[5]).orElseThrow();
        try (LanguageModel model = LanguageModel.open(GoldenCase.files("m", folder));
                BaseWeights base = model.base(spec, Path.of(args[1]));
                ParameterStore store = new ParameterStore()) {
            long start = System.nanoTime();
            long before = Measuring.kilobytes("VmHWM");
            GraphOptions options = GraphOptions.PLAIN.withBase(base);
            if (args[4].equals("scales")) {
                options = options.withTrainedScales(name -> true);
                base.scales().forEach(store::copyOf);
            }
            ForwardGraph forward = model.graph(options);
            OnnxGraph graph = forward.graph();
            String last = Measuring.lastToken(graph, forward.hiddenStates(), rows, tokens);
            String logits =
                    forward.vocabularyHead().orElseThrow().addTo(graph, last, new long[] {11, 12});
            if (args[4].equals("lora")) {
                adapt(forward, store);
            }
            graph.setOutputs(List.of(logits));
            List<Tensor> weights = new ArrayList<>(base.fed());
            weights.addAll(store.tensors());
            try (ForwardPass pass =
                    new ForwardPass(graph, weights, new ForwardOptions(2, profile))) {
                double load = Measuring.seconds(start);
                long loaded = Measuring.kilobytes("VmHWM");
                Batch batch =
                        Measuring.batch(rows, tokens, model.info().kind() == Kind.ENCODER, 40000);
                double fastest = Double.MAX_VALUE;
                float[] found = null;
                for (int i = 0; i < PASSES; i++) {
                    long pass0 = System.nanoTime();
                    found = pass.run(batch, logits);
                    fastest = Math.min(fastest, Measuring.seconds(pass0));
                }
                out.printf(
                        "%s %s %s %s %dx%d: convert %.1f s (peak %.0f MB), file %.0f MB, load"
                                + " %.2f s (peak %.0f MB), forward %.2f s, peak %.0f MB, now %.0f"
                                + " MB, logits %s%n",
                        folder.getFileName(),
                        spec.label(),
                        args[4],
                        profile.label(),
                        rows,
                        tokens,
                        base.conversionSeconds(),
                        before / 976.5625,
                        base.fileBytes() / 1e6,
                        load,
                        loaded / 976.5625,
                        fastest,
                        Measuring.kilobytes("VmHWM") / 976.5625,
                        Measuring.kilobytes("VmRSS") / 976.5625,
                        Arrays.toString(Arrays.copyOf(found, 2)));
            }
        }
    }

    private static void adapt(ForwardGraph forward, ParameterStore store) {
        for (Projection p : Projection.queriesAndValues(forward.projections())) {
            LoraAdapter adapter =
                    new LoraAdapter(
                            p.name(), p.input(), p.output(), p.inSize(), p.outSize(), RANK, 16);
            adapter.addTo(forward.graph());
            store.allocate(adapter.a(), p.inSize(), RANK);
            store.allocate(adapter.b(), RANK, p.outSize());
        }
    }
}
