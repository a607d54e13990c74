package io.pocketllm.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Finds a data set's files and reads its parts. */
final class DatasetReader {

    private static final String BUILTIN_FOLDER = "/io/pocketllm/sample-data/";

    private final DatasetRequest request;
    private final Map<Part, PartSample> samples = new EnumMap<>(Part.class);
    private final List<DataWarning> warnings = new ArrayList<>();

    DatasetReader(DatasetRequest request) {
        this.request = request;
        for (Part part : Part.values()) {
            samples.put(part, request.sampling().of(part, request.shape().labels()));
        }
    }

    Dataset read() throws DataException {
        return switch (request.location()) {
            case DataLocation.Builtin builtin -> {
                for (Part part : Part.values()) {
                    readPart(part, builtin(builtin.name(), part));
                }
                yield dataset(builtin.name());
            }
            case DataLocation.Folder folder -> {
                Path path = folder.folder();
                for (Part part : Part.values()) {
                    Path file = new DataFolder(path, request.format()).file(part);
                    if (file != null) {
                        readPart(part, DataFile.at(file, request.format()));
                    }
                }
                yield dataset(String.valueOf(path.getFileName()));
            }
            case DataLocation.Files files -> {
                readPart(Part.TRAIN, DataFile.at(files.train(), request.format()));
                readPart(Part.VALIDATION, DataFile.at(files.validation(), request.format()));
                if (files.test() != null) {
                    readPart(Part.TEST, DataFile.at(files.test(), request.format()));
                }
                yield dataset(String.valueOf(files.train().getFileName()));
            }
            case DataLocation.OneFile file -> {
                split(file);
                yield dataset(String.valueOf(file.file().getFileName()));
            }
        };
    }

    private void readPart(Part part, DataFile file) throws DataException {
        PartSample sample = samples.get(part);
        warnings.addAll(
                file.stream(request.shape(), request.skipBadLines(), sample::add).warnings());
        warnings.addAll(sample.warnings(file.source()));
    }

    private void split(DataLocation.OneFile one) throws DataException {
        DataFile file = DataFile.at(one.file(), request.format());
        StratifiedSplit split =
                new StratifiedSplit(
                        one.validation(),
                        one.test(),
                        request.shape().labels().size(),
                        request.sampling().seed());
        BadLines bad =
                file.stream(
                        request.shape(),
                        request.skipBadLines(),
                        example -> samples.get(split.next(example.label())).add(example));
        warnings.addAll(bad.warnings());
        for (Part part : Part.values()) {
            PartSample sample = samples.get(part);
            boolean wanted = part != Part.TEST || one.test() > 0;
            if (wanted && sample.seen() == 0) {
                throw new DataException(
                        file.source()
                                + ": has too few examples to cut a "
                                + part.key()
                                + " part from",
                        "Add examples, or change data.splits.");
            }
            if (wanted) {
                warnings.addAll(sample.warnings(file.source()));
            }
        }
    }

    private Dataset dataset(String name) {
        List<Example> validation = samples.get(Part.VALIDATION).examples();
        List<Example> test = samples.get(Part.TEST).examples();
        if (test.isEmpty()) {
            warnings.add(
                    new DataWarning(
                            name
                                    + ": has no test part; the validation part is used for the last"
                                    + " measurement too",
                            "Its result is then no independent one. Add a test file for that."));
            test = validation;
        }
        return new Dataset(
                name,
                request.shape().labels(),
                samples.get(Part.TRAIN).examples(),
                validation,
                test,
                List.copyOf(warnings));
    }

    /** A part of a data set that comes with the program. */
    static DataFile builtin(String name, Part part) throws DataException {
        String file = part.key() + ".tsv";
        // Only plain names: the class path is no file system to walk.
        var resource =
                name.matches("[a-z0-9-]+")
                        ? DatasetReader.class.getResource(BUILTIN_FOLDER + name + "/" + file)
                        : null;
        if (resource == null) {
            throw new DataException(
                    "builtin:" + name + ": there is no such built-in data set",
                    "There are builtin:inbox-nurse and builtin:inbox-mechanic.");
        }
        return new DataFile("builtin:" + name + "/" + file, DataFormat.TSV, resource::openStream);
    }
}
