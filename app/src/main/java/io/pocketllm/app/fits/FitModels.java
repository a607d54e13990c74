package io.pocketllm.app.fits;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.architecture.ShapeCatalogue;
import io.pocketllm.model.architecture.ShapeInfo;
import io.pocketllm.run.ModelSummary;
import io.pocketllm.tensor.DType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sizes of the models of the table; each is looked up once. Safe for several threads. */
final class FitModels {

    /** How the catalogue calls shapes that are there for tests. */
    private static final String TINY = "-tiny";

    private final FitsViewModel.Models reader;
    private final Map<Key, FitModel> known = new ConcurrentHashMap<>();

    /**
     * What to look up.
     *
     * @param shape whether {@code name} is that of a published shape, and no path
     */
    record Key(String name, boolean shape) {}

    FitModels(FitsViewModel.Models reader) {
        this.reader = reader;
    }

    /** Models with files, no path twice, then the published shapes. */
    static List<Key> all(List<String> paths) {
        Set<Key> keys = new LinkedHashSet<>();
        paths.forEach(path -> keys.add(new Key(path, false)));
        for (String shape : ShapeCatalogue.names()) {
            if (!shape.endsWith(TINY)) {
                keys.add(new Key(shape, true));
            }
        }
        return new ArrayList<>(keys);
    }

    /** The model, from memory where it was looked up before. */
    FitModel of(Key key) throws ModelException {
        FitModel found = known.get(key);
        if (found == null) {
            found = key.shape() ? shape(key.name()) : files(key.name());
            known.put(key, found);
        }
        return found;
    }

    private static FitModel shape(String name) throws ModelException {
        return new FitModel(name, "", ShapeInfo.of(name, DType.F32));
    }

    private FitModel files(String path) throws ModelException {
        ModelSummary summary = reader.read(path);
        return new FitModel(summary.name(), path, summary.info());
    }
}
