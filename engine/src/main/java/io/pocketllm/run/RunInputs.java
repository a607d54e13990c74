package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.data.DataLocation;
import io.pocketllm.data.Dataset;
import io.pocketllm.data.DatasetRequest;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.model.BuiltinModel;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.model.base.BaseWeights;
import io.pocketllm.zo.MethodSpec.Space;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Finds what a run file names: model, data and device, built in or in files. All refusals name the
 * run file's key.
 */
final class RunInputs {

    private static final String BUILTIN = "builtin:";

    /** A tenth of one file each, where nothing else is said. */
    private static final RunSpec.DataSplits USUAL_SPLITS = new RunSpec.DataSplits(0.1, 0.1);

    private RunInputs() {}

    static ModelFiles modelFiles(RunFile file, Path cache) throws RunFileException {
        String path = file.spec().model().path();
        try {
            return path.startsWith(BUILTIN)
                    ? builtinModel(path, cache)
                    : ModelFiles.at(file.resolve("model.path", path));
        } catch (ModelException e) {
            throw new RunFileException(file.source(), "model.path", e.getMessage(), e.hint());
        }
    }

    /** The files of a model that no run file names; paths count from the working folder. */
    static ModelFiles modelFiles(String path, Path cache) throws ModelException {
        if (path.startsWith(BUILTIN)) {
            return builtinModel(path, cache);
        }
        try {
            return ModelFiles.at(Path.of(path));
        } catch (InvalidPathException e) {
            throw new ModelException(
                    "\"" + path.replace('\0', '?') + "\" is no path (" + e.getReason() + ")",
                    "Name a Hugging Face folder, an ONNX file, or "
                            + BUILTIN
                            + BuiltinModel.NAME
                            + ".");
        }
    }

    private static ModelFiles builtinModel(String path, Path cache) throws ModelException {
        if (path.equals(BUILTIN + BuiltinModel.NAME)) {
            return BuiltinModel.unpack(cache);
        }
        throw new ModelException(
                "there is no built-in model \"" + path + "\"",
                "Use " + BUILTIN + BuiltinModel.NAME + ".");
    }

    static LanguageModel model(RunFile file, Path cache) throws RunFileException {
        try {
            return LanguageModel.open(modelFiles(file, cache));
        } catch (ModelException e) {
            throw new RunFileException(file.source(), "model.path", e.getMessage(), e.hint());
        }
    }

    /** The frozen weights in the run file's format. */
    static BaseWeights base(RunFile file, LanguageModel model, Path cache) throws RunFileException {
        BaseWeights base;
        try {
            base = model.base(file.spec().model().base(), cache);
        } catch (ModelException e) {
            throw new RunFileException(file.source(), "model.base", e.getMessage(), e.hint());
        }
        if (file.spec().method().space() == Space.SCALES && base.scales().isEmpty()) {
            base.close();
            throw new RunFileException(
                    file.source(),
                    "method.space",
                    "\"scales\" moves scales of blocks, and no layer of the model divides into any",
                    "Set model.blockSize to 32, or use the space \"lora\".");
        }
        return base;
    }

    static Dataset dataset(RunFile file) throws RunFileException {
        RunSpec.Data data = file.spec().data();
        try {
            return Dataset.read(
                    new DatasetRequest(
                            location(file),
                            data.format(),
                            data.shape(),
                            data.sampling(),
                            data.skipBadLines()));
        } catch (DataException e) {
            String key = data.path() == null ? "data.files" : "data.path";
            throw new RunFileException(file.source(), key, e.getMessage(), e.hint());
        }
    }

    private static DataLocation location(RunFile file) throws RunFileException {
        RunSpec.Data data = file.spec().data();
        RunSpec.DataFiles files = data.files();
        if (files != null) {
            return new DataLocation.Files(
                    file.resolve("data.files.train", files.train()),
                    file.resolve("data.files.validation", files.validation()),
                    files.test() == null ? null : file.resolve("data.files.test", files.test()));
        }
        if (!data.path().startsWith(BUILTIN)) {
            Path path = file.resolve("data.path", data.path());
            if (Files.isRegularFile(path)) {
                RunSpec.DataSplits splits = data.splits() == null ? USUAL_SPLITS : data.splits();
                return new DataLocation.OneFile(path, splits.validation(), splits.test());
            }
            if (data.splits() == null) {
                return new DataLocation.Folder(path);
            }
        }
        if (data.splits() != null) {
            throw new RunFileException(
                    file.source(),
                    "data.splits",
                    "cuts parts from one file, and data.path is none",
                    "Take it out, or name one file in data.path.");
        }
        return new DataLocation.Builtin(data.path().substring(BUILTIN.length()));
    }

    /** The device's profile, or null where the run file asks for none. */
    static DeviceProfile device(RunFile file) throws RunFileException {
        String profile = file.spec().device().profile();
        if (profile.equals("none")) {
            return null;
        }
        try {
            return DeviceCatalogue.find(
                    isProfileFile(profile)
                            ? file.resolve("device.profile", profile).toString()
                            : profile);
        } catch (DeviceProfileException e) {
            // That message ends with its hint, which a run file's refusal says by itself.
            String problem = e.getMessage().replace(". " + e.hint(), "");
            throw new RunFileException(file.source(), "device.profile", problem, e.hint());
        }
    }

    /** True where the word names a file and not a phone's id. */
    static boolean isProfileFile(String profile) {
        return profile.contains("/") || profile.endsWith(".json");
    }

    static long budgetBytes(RunFile file, DeviceProfile device) {
        Long own = file.spec().device().budgetBytes();
        return own != null ? own : device == null ? 0 : device.budgetBytes();
    }

    /** The resident set above which the run is killed; 0 for no limit. */
    static long killLineBytes(RunFile file, DeviceProfile device) {
        return file.spec().device().conditions().killLineBytes(budgetBytes(file, device));
    }

    static int threads(RunFile file, DeviceProfile device) {
        Integer own = file.spec().device().threads();
        return own != null
                ? own
                : device == null
                        ? Runtime.getRuntime().availableProcessors()
                        : device.defaultThreads();
    }
}
