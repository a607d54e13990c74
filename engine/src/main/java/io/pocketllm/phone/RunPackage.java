package io.pocketllm.phone;

import io.pocketllm.model.BuiltinModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything a run needs, as files on a phone, and the run file that names them there.
 *
 * @param files model, tokenizer, data, profile and run file
 * @param runFile the run file with the phone's paths in it
 * @param runFolder where the run lives on the phone, below our folder
 */
public record RunPackage(List<PhoneFile> files, RunFile runFile, String runFolder) {

    private static final String BUILTIN = "builtin:";
    private static final String SAMPLE_DATA = "/io/pocketllm/sample-data/";

    /** What may stand beside a model's file and belongs to it. */
    private static final Set<String> BESIDE_A_MODEL =
            Set.of(
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "vocab.txt",
                    "vocab.json",
                    "merges.txt",
                    "config.json",
                    "generation_config.json");

    /**
     * Puts together what a run file names.
     *
     * @param file checked already: model and data are there
     * @param cache where the default model is unpacked
     * @param name of the run's folder on the phone
     * @param profileJson the phone's own profile, or null to leave the run file's device as it is
     */
    public static RunPackage of(RunFile file, Path cache, String name, String profileJson)
            throws RunFileException, IOException {
        String folder = "runs/" + name;
        List<PhoneFile> files = new ArrayList<>();
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("model.path", model(file, cache, files));
        data(file, files, changes);
        String profile = file.spec().device().profile();
        if (profileJson != null) {
            files.add(bytes(folder + "/phone.json", profileJson));
            changes.put("device.profile", PhonePaths.absolute(folder + "/phone.json"));
        } else if (profile.contains("/") || profile.endsWith(".json")) {
            Path own = file.resolve("device.profile", profile);
            files.add(PhoneFile.of(folder + "/phone.json", own));
            changes.put("device.profile", PhonePaths.absolute(folder + "/phone.json"));
        }
        // Real heat and a real clock there: nothing to work out, nothing to wait for.
        changes.put("device.simulate", "false");
        RunFile onPhone = file.with(changes);
        files.add(bytes(folder + "/run.json", onPhone.toJson()));
        return new RunPackage(List.copyOf(files), onPhone, folder);
    }

    /**
     * The same to be sent alone, without starting it: it replaces what was sent before under the
     * run's name.
     */
    public static RunPackage toSend(RunFile file, Path cache, String profileJson)
            throws RunFileException, IOException {
        String name = file.spec().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return of(file, cache, "sent-" + name, profileJson);
    }

    private static PhoneFile bytes(String path, String text) {
        return PhoneFile.of(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the model's files and gives its path on the phone. */
    private static String model(RunFile file, Path cache, List<PhoneFile> files)
            throws RunFileException, IOException {
        String path = file.spec().model().path();
        if (path.startsWith(BUILTIN)) {
            ModelFiles model = unpacked(cache);
            String folder = "models/" + BuiltinModel.NAME + "/";
            for (Path each : List.of(model.path(), model.tokenizer())) {
                files.add(PhoneFile.of(folder + each.getFileName(), each));
            }
            return PhonePaths.absolute(folder + model.path().getFileName());
        }
        Path local = file.resolve("model.path", path).toAbsolutePath().normalize();
        String folder = "models/" + unique(local);
        if (Files.isDirectory(local)) {
            addAll(local, folder, files);
            addTokenizerAbove(local, folder, files);
            return PhonePaths.absolute(folder);
        }
        String stem = local.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        try (Stream<Path> beside = Files.list(local.getParent())) {
            for (Path each : beside.filter(Files::isRegularFile).sorted().toList()) {
                String name = each.getFileName().toString();
                if (each.equals(local) || BESIDE_A_MODEL.contains(name) || isPartOf(name, stem)) {
                    files.add(PhoneFile.of(folder + "/" + name, each));
                }
            }
        }
        addTokenizerAbove(local.getParent(), folder, files);
        return PhonePaths.absolute(folder + "/" + local.getFileName());
    }

    /** An ONNX file's weights may lie in files of their own: model.onnx_data, model.onnx.data. */
    private static boolean isPartOf(String name, String stem) {
        return name.startsWith(stem + ".onnx") || name.equals(stem + "-tokenizer.json");
    }

    /** Hugging Face keeps the graph in a folder "onnx" and the tokenizer one folder up. */
    private static void addTokenizerAbove(Path folder, String onPhone, List<PhoneFile> files)
            throws IOException {
        Path above = folder.resolveSibling("tokenizer.json");
        boolean beside = Files.isRegularFile(folder.resolve("tokenizer.json"));
        if (!beside && folder.getParent() != null && Files.isRegularFile(above)) {
            files.add(PhoneFile.of(onPhone + "/tokenizer.json", above));
        }
    }

    private static ModelFiles unpacked(Path cache) throws PhoneException {
        try {
            return BuiltinModel.unpack(cache);
        } catch (ModelException e) {
            throw new PhoneException(PhoneException.Reason.REFUSED, e.getMessage(), e.hint());
        }
    }

    private static void data(RunFile file, List<PhoneFile> files, Map<String, String> changes)
            throws RunFileException, IOException {
        RunSpec.DataFiles parts = file.spec().data().files();
        if (parts == null) {
            changes.put("data.path", data(file, files));
            return;
        }
        part(file, "train", parts.train(), files, changes);
        part(file, "validation", parts.validation(), files, changes);
        if (parts.test() != null) {
            part(file, "test", parts.test(), files, changes);
        }
    }

    private static void part(
            RunFile file,
            String part,
            String path,
            List<PhoneFile> files,
            Map<String, String> changes)
            throws RunFileException, IOException {
        String key = "data.files." + part;
        Path local = file.resolve(key, path).toAbsolutePath().normalize();
        String target = "data/" + unique(local) + "/" + local.getFileName();
        files.add(PhoneFile.of(target, local));
        changes.put(key, PhonePaths.absolute(target));
    }

    private static String data(RunFile file, List<PhoneFile> files)
            throws RunFileException, IOException {
        String path = file.spec().data().path();
        if (path.startsWith(BUILTIN)) {
            String name = path.substring(BUILTIN.length());
            for (String part : List.of("train.tsv", "validation.tsv", "test.tsv")) {
                try (InputStream in =
                        RunPackage.class.getResourceAsStream(SAMPLE_DATA + name + "/" + part)) {
                    if (in != null) {
                        files.add(PhoneFile.of("data/" + name + "/" + part, in.readAllBytes()));
                    }
                }
            }
            return PhonePaths.absolute("data/" + name);
        }
        Path local = file.resolve("data.path", path).toAbsolutePath().normalize();
        String folder = "data/" + unique(local);
        if (Files.isDirectory(local)) {
            addAll(local, folder, files);
            return PhonePaths.absolute(folder);
        }
        String target = folder + "/" + local.getFileName();
        files.add(PhoneFile.of(target, local));
        return PhonePaths.absolute(target);
    }

    private static void addAll(Path local, String folder, List<PhoneFile> files)
            throws IOException {
        try (Stream<Path> inside = Files.walk(local, 3)) {
            for (Path each : inside.filter(Files::isRegularFile).sorted().toList()) {
                String relative = local.relativize(each).toString().replace('\\', '/');
                if (!relative.startsWith(".") && !relative.contains("/.")) {
                    files.add(PhoneFile.of(folder + "/" + relative, each));
                }
            }
        }
    }

    /** Its own name, and something of its place: two models called "model" stay two. */
    private static String unique(Path local) {
        return local.getFileName() + "-%08x".formatted(local.toString().hashCode());
    }
}
