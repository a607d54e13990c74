package io.pocketllm.run;

import io.pocketllm.data.Dataset;
import io.pocketllm.data.Example;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.RewrittenModel;
import io.pocketllm.model.architecture.LayerStructure;
import io.pocketllm.model.prune.PrunedFolder;
import io.pocketllm.model.prune.Removal;
import io.pocketllm.objective.MaskedEncoder;
import io.pocketllm.objective.PruningLoss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * The table of docs/pruning.md: the default model as a Hugging Face folder, pruned by what training
 * texts say and by chance, measured on test texts. Give a folder to work in, and if not all rows
 * are wanted, how their names begin.
 */
public final class MeasurePruning {

    private static final Map<String, String> LABELS =
            Map.of(
                    "reply now", "someone asks me a question and waits for my answer",
                    "read later", "information for my hobbies to read in the evening",
                    "ignore", "spam, promotion or something that does not concern me");

    private static final List<String> ORDER = List.of("reply now", "read later", "ignore");
    private static final int RANDOM_DRAWS = 5;

    private final Path folder;
    private final Path model;
    private final TokenizedSplit test;
    private final TokenizedSplit descriptions;
    private final PruningLoss change;
    private final PruningLoss zeroShot;

    private MeasurePruning(Path folder) throws Exception {
        this.folder = folder;
        model = Files.createDirectories(folder.resolve("all-MiniLM-L6-v2"));
        RewrittenModel.write(MiniLm.model(), model);
        Files.copy(
                MiniLm.files().tokenizer(),
                model.resolve("tokenizer.json"),
                StandardCopyOption.REPLACE_EXISTING);
        try (TextTokenizer tokenizer = MiniLm.tokenizer(64)) {
            test = new TokenizedSplit(Dataset.builtin("inbox-nurse", ORDER).test(), tokenizer);
            List<Example> texts = new ArrayList<>();
            ORDER.forEach(label -> texts.add(new Example(LABELS.get(label), 0)));
            descriptions = new TokenizedSplit(texts, tokenizer);
        }
        zeroShot = new PruningLoss.ZeroShot(test, descriptions, 10);
        try (LanguageModel whole = LanguageModel.open(ModelFiles.at(model));
                MaskedEncoder encoder = new MaskedEncoder(BaseModel.stored(whole, 2))) {
            change = PruningLoss.HiddenStates.of(test, encoder);
        }
    }

    /** Prints one line for each row of the table. */
    public static void main(String[] arguments) throws Exception {
        MeasurePruning measure = new MeasurePruning(Path.of(arguments[0]));
        String wanted = arguments.length > 1 ? arguments[1] : "";
        System.out.printf("%d test texts%n", measure.test.size());
        for (Map.Entry<String, Callable<double[]>> row : measure.rows().entrySet()) {
            if (row.getKey().startsWith(wanted)) {
                double[] measured = row.getValue().call();
                System.out.printf(
                        Locale.ROOT,
                        "%-22s change %.3f  accuracy %.3f  MB %.1f%n",
                        row.getKey(),
                        measured[0],
                        measured[1],
                        measured[2]);
            }
        }
    }

    private Map<String, Callable<double[]>> rows() {
        Map<String, Callable<double[]>> rows = new LinkedHashMap<>();
        rows.put("nothing", () -> measure(model));
        for (double share : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
            rows.put("magnitude " + share, () -> pruned(share, 0, 0, false));
        }
        for (int layers : new int[] {1, 2, 3}) {
            rows.put("layers " + layers + " states", () -> pruned(0, 0, layers, false));
            rows.put("layers " + layers + " loss", () -> pruned(0, 0, layers, true));
            rows.put("layers " + layers + " chance", () -> byChance(0, layers));
        }
        for (int heads : new int[] {7, 14, 22, 36}) {
            rows.put("heads " + heads + " states", () -> pruned(0, heads, 0, false));
            rows.put("heads " + heads + " loss", () -> pruned(0, heads, 0, true));
            rows.put("heads " + heads + " chance", () -> byChance(heads, 0));
        }
        return rows;
    }

    private double[] pruned(double magnitude, int heads, int layers, boolean labelled)
            throws Exception {
        Path out = folder.resolve("pruned-" + System.nanoTime());
        Pruning.run(
                new PruningRequest(
                        model.toString(),
                        out,
                        magnitude,
                        heads,
                        layers,
                        labelled ? List.of("builtin:inbox-nurse") : List.of(),
                        labelled ? LABELS : Map.of(),
                        PruningRequest.USUAL_EXAMPLES),
                MiniLm.CACHE,
                (phase, fraction) -> {});
        return measure(out);
    }

    private double[] byChance(int heads, int layers) throws Exception {
        double[] mean = new double[3];
        for (int draw = 0; draw < RANDOM_DRAWS; draw++) {
            Path out = Files.createDirectories(folder.resolve("chance-" + System.nanoTime()));
            try (LanguageModel whole = LanguageModel.open(ModelFiles.at(model))) {
                PrunedFolder.write(
                        whole.huggingFace().orElseThrow(),
                        model,
                        out,
                        draw(whole, heads, layers, new Random(draw)),
                        p -> {});
            }
            double[] one = measure(out);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += one[i] / RANDOM_DRAWS;
            }
        }
        return mean;
    }

    private static Removal draw(LanguageModel whole, int heads, int layers, Random random) {
        LayerStructure structure = whole.huggingFace().orElseThrow().structure();
        List<int[]> all = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int layer = 0; layer < structure.storedLayers(); layer++) {
            numbers.add(layer);
            for (int head : structure.heads().get(layer)) {
                all.add(new int[] {layer, head});
            }
        }
        Collections.shuffle(all, random);
        Collections.shuffle(numbers, random);
        Map<Integer, Set<Integer>> gone = new HashMap<>();
        for (int[] head : all.subList(0, heads)) {
            gone.computeIfAbsent(head[0], layer -> new TreeSet<>()).add(head[1]);
        }
        return Removal.of(0, new TreeSet<>(numbers.subList(0, layers)), gone);
    }

    /** Relative change of the test texts' pooled vectors, zero-shot accuracy, megabytes. */
    private double[] measure(Path pruned) throws Exception {
        try (LanguageModel opened = LanguageModel.open(ModelFiles.at(pruned));
                MaskedEncoder encoder = new MaskedEncoder(BaseModel.stored(opened, 2))) {
            return new double[] {
                change.of(encoder).loss(),
                zeroShot.of(encoder).accuracy(),
                Files.size(pruned.resolve("model.safetensors")) / 1e6
            };
        }
    }
}
