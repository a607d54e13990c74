package io.pocketllm.app.setup;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.run.ModelSummary;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * The model of the run that is set up: what it is made of, why it cannot be used, and another one
 * in its place. Files are opened in the background.
 */
public final class ModelViewModel {

    /** How run files name the model that comes with the program. */
    public static final String BUILTIN = "builtin:all-MiniLM-L6-v2";

    private static final String BUILTIN_PREFIX = "builtin:";

    private final SetupViewModel setup;
    private final RunSource source;
    private final Tasks tasks;
    private final RecentPaths recent;
    private final ReadOnlyObjectWrapper<ModelSummary> summary = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ModelInfo> info = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper opening = new ReadOnlyBooleanWrapper();
    private String shown = "";
    private String shape = "";
    private int number;

    /**
     * @param recent models used last
     */
    public ModelViewModel(SetupViewModel setup, RunSource source, Tasks tasks, RecentPaths recent) {
        this.setup = setup;
        this.source = source;
        this.tasks = tasks;
        this.recent = recent;
        setup.fileProperty().addListener((p, before, now) -> look(now));
        setup.missingModelProperty().addListener(o -> leaveShape());
        look(setup.fileProperty().get());
    }

    private void look(RunFile file) {
        String path = file == null ? "" : path(file);
        if (path.isEmpty() || path.equals(shown)) {
            return;
        }
        shown = path;
        int mine = ++number;
        opening.set(true);
        info.set(null);
        tasks.run(
                () -> source.model(path),
                found -> {
                    // A slower answer about a model that was chosen before is not wanted any more.
                    if (mine == number) {
                        opening.set(false);
                        problem.set("");
                        summary.set(found);
                        info.set(found.info());
                        if (!path.startsWith(BUILTIN_PREFIX)) {
                            recent.add(path);
                        }
                    }
                },
                failure -> {
                    if (mine == number) {
                        opening.set(false);
                        summary.set(null);
                        problem.set(words(failure));
                    }
                });
    }

    private static String path(RunFile file) {
        String named = file.spec().model().path();
        try {
            return named.startsWith(BUILTIN_PREFIX)
                    ? named
                    : file.resolve("model.path", named).toString();
        } catch (RunFileException e) {
            return named;
        }
    }

    private static String words(Exception failure) {
        return failure instanceof ModelException e
                ? e.getMessage() + ". " + e.hint()
                : "The model cannot be opened: " + failure.getMessage();
    }

    /** Puts a model into the run, by a path or as {@code builtin:NAME}; tried again if it is. */
    public void choose(String pathOrBuiltin) {
        if (setup.lockedProperty().get()) {
            return;
        }
        shown = "";
        shape = "";
        setup.chooseModel(pathOrBuiltin);
        look(setup.fileProperty().get());
    }

    /**
     * Plans with a published model of which only the sizes are here. Nothing can be started before
     * its files are chosen.
     *
     * @param name its published name
     */
    public void chooseShape(String name, ModelInfo sizes) {
        if (setup.lockedProperty().get()) {
            return;
        }
        number++;
        shape = name;
        opening.set(false);
        summary.set(null);
        info.set(sizes);
        setup.missingModelProperty().set("choose the model folder of " + name + ".");
        problem.set(
                "Only the published sizes of "
                        + name
                        + " are here. Choose the folder with its files (Change), or drop it here.");
    }

    /** A run file that was opened, or another model, takes the place of a shape. */
    private void leaveShape() {
        if (setup.missingModelProperty().get().isEmpty() && !shape.isEmpty()) {
            shape = "";
            if (!opening.get()) {
                shown = "";
                look(setup.fileProperty().get());
            }
        }
    }

    /** Takes what was dropped on the card or chosen: a folder, an ONNX file or a weights file. */
    public void choose(Path path) {
        choose(DroppedPath.model(path).toAbsolutePath().normalize().toString());
    }

    /** Models used last, the newest first. */
    public List<String> recent() {
        return recent.all();
    }

    /** What the model is; null until that is known, and where it cannot be opened. */
    public ReadOnlyObjectProperty<ModelSummary> summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /** Its sizes; null until they are known, and where it cannot be opened. */
    public ReadOnlyObjectProperty<ModelInfo> infoProperty() {
        return info.getReadOnlyProperty();
    }

    /** Whether its files are here; false for one that is known by its published sizes alone. */
    public boolean hasFiles() {
        return shape.isEmpty();
    }

    /** Its name for people; empty until it is known. */
    public String name() {
        return !shape.isEmpty() ? shape : summary.get() == null ? "" : summary.get().name();
    }

    /** Why it cannot be opened; empty where it can. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** True while files are being opened. */
    public ReadOnlyBooleanProperty openingProperty() {
        return opening.getReadOnlyProperty();
    }

    /**
     * Where the model is, as the run file names it or made absolute; the bare name of one whose
     * files are not here.
     */
    public String path() {
        return shape.isEmpty() ? shown : shape;
    }
}
