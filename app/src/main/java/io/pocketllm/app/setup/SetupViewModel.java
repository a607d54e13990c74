package io.pocketllm.app.setup;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunPreview;
import io.pocketllm.run.RunSpec;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * The run that Start would start: a run file plus what the person changed since.
 *
 * <p>Each change makes a new run file through {@link RunFile#with}; a value the engine refuses
 * stays in its field with the engine's reason and holds Start back.
 */
public final class SetupViewModel {

    private static final String PROFILE_KEY = "device.profile";
    private static final String BUDGET_KEY = "device.budgetBytes";
    private static final String NO_PHONE = "none";

    private final RunSource source;
    private final ObservableList<DeviceProfile> phones;
    private final Tasks tasks;
    private final Map<Setting, Field> fields = new EnumMap<>(Setting.class);
    private final Field budget;
    private final PhoneConditionsViewModel phoneConditions =
            new PhoneConditionsViewModel(this::change);
    private final Map<String, String> changes = new LinkedHashMap<>();
    private final ReadOnlyObjectWrapper<RunFile> file = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<RunPreview> preview = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper methodProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problemKey = new ReadOnlyStringWrapper("");
    private final StringProperty missingModel = new SimpleStringProperty("");
    private final BooleanProperty locked = new SimpleBooleanProperty();
    private final BooleanBinding ready;
    private final StringBinding holdReason;
    private RunFile base;
    private String opened = "";
    private int previewNumber;

    /**
     * @param phones the phones to choose from
     */
    public SetupViewModel(RunSource source, List<DeviceProfile> phones, Tasks tasks) {
        this.source = source;
        this.phones = FXCollections.observableArrayList(phones);
        this.tasks = tasks;
        for (Setting setting : Setting.values()) {
            fields.put(
                    setting,
                    new Field(
                            setting.label(), setting.help(), text -> change(setting.key(), text)));
        }
        budget =
                new Field(
                        "memory budget, MB",
                        "What the phone grants the run. Empty takes the phone's own budget.",
                        this::changeBudget);
        List<Observable> errors = new ArrayList<>(List.of(file, missingModel));
        allFields().forEach(field -> errors.add(field.errorProperty()));
        Observable[] watched = errors.toArray(Observable[]::new);
        holdReason = Bindings.createStringBinding(this::firstError, watched);
        ready =
                Bindings.createBooleanBinding(
                        () -> file.get() != null && firstError().isEmpty(), watched);
    }

    private String firstError() {
        return allFields().stream()
                .filter(field -> field.applicableProperty().get())
                .map(field -> field.errorProperty().get())
                .filter(error -> !error.isEmpty())
                .findFirst()
                .orElse(missingModel.get());
    }

    private List<Field> allFields() {
        List<Field> all = new ArrayList<>(fields.values());
        all.add(budget);
        all.addAll(phoneConditions.fields());
        return all;
    }

    /**
     * Shows a run file; what was changed before is dropped, since the file is what the person asked
     * for.
     */
    public void show(RunFile run) {
        opened = run.source();
        base = run;
        changes.clear();
        adopt(run);
        missingModel.set("");
        refreshPreview();
    }

    /**
     * Makes several changes at once.
     *
     * @param several dotted keys and their values, as in {@link RunFile#with(Map)}
     * @return why they cannot be made; empty where they were
     */
    public String apply(Map<String, String> several) {
        if (locked.get() || file.get() == null) {
            return "";
        }
        String refused = change(several);
        methodProblem.set(refused);
        showFields();
        return refused;
    }

    /**
     * Opens a run file by path or {@code sample:ID}; where that fails the run stays as it was and
     * {@link #problemProperty} says why.
     */
    public void open(String pathOrSample) {
        if (locked.get()) {
            return;
        }
        try {
            RunFile run = source.open(pathOrSample);
            if (pathOrSample.startsWith("sample:") && opened.startsWith("sample:")) {
                showOtherPersona(run);
            } else {
                show(run);
            }
        } catch (RunFileException e) {
            refuse("", RefusalText.of(e));
        }
    }

    /** Another ready-made persona keeps the phone and the numbers a person chose. */
    private void showOtherPersona(RunFile run) {
        Map<String, String> kept = new LinkedHashMap<>(changes);
        show(run);
        kept.keySet().removeIf(key -> key.startsWith("data."));
        kept.forEach(this::change);
        showFields();
    }

    /**
     * Chooses a phone by its id, or none for null; a budget typed for another phone is dropped with
     * it.
     */
    public void choosePhone(String id) {
        if (locked.get() || file.get() == null) {
            return;
        }
        change(BUDGET_KEY, "null");
        change(PROFILE_KEY, id == null ? NO_PHONE : id);
        showFields();
    }

    /**
     * Makes room for a run that was killed: the phone's own budget where a smaller one was typed,
     * else the phone with the smallest budget that holds it, else none.
     *
     * @param neededBytes the resident set that was seen when the run was killed
     */
    public void giveMoreMemory(long neededBytes) {
        long wanted = neededBytes + neededBytes / 4;
        DeviceProfile now = phone().orElse(null);
        if (now != null && budgetTyped() && now.budgetBytes() >= wanted) {
            choosePhone(now.id());
            return;
        }
        choosePhone(
                phones.stream()
                        .filter(p -> p.budgetBytes() >= wanted)
                        .min(Comparator.comparingLong(DeviceProfile::budgetBytes))
                        .map(DeviceProfile::id)
                        .orElse(null));
    }

    /**
     * Puts another model into the run, by a path or as {@code builtin:NAME}. Whether it can be used
     * is found out in the background.
     */
    public void chooseModel(String pathOrBuiltin) {
        if (!locked.get() && file.get() != null) {
            change("model.path", pathOrBuiltin);
            missingModel.set("");
            refreshPreview();
        }
    }

    /** Puts other data into the run: a file, a folder, or {@code builtin:NAME}. */
    public void chooseData(String pathOrBuiltin) {
        if (!locked.get() && file.get() != null) {
            Map<String, String> several = new LinkedHashMap<>();
            several.put("data.path", pathOrBuiltin);
            // What described the other files would be refused or would misread these.
            if (file.get().spec().data().files() != null) {
                several.put("data.files", "null");
            }
            if (file.get().spec().data().splits() != null) {
                several.put("data.splits", "null");
            }
            if (file.get().spec().data().format() != null) {
                several.put("data.format", "null");
            }
            change(several);
            refreshPreview();
        }
    }

    /**
     * Begins anew from a published method; every number of the method before is dropped. A step
     * size that its paper does not give is kept.
     */
    public void chooseMethod(MethodPreset preset) {
        if (locked.get() || file.get() == null) {
            return;
        }
        String rate =
                preset.value(MethodSetting.LEARNING_RATE) != null
                        ? ""
                        : ", \"learningRate\": " + file.get().spec().method().learningRate();
        Map<String, String> several = new LinkedHashMap<>();
        several.put("method", "{\"preset\": \"" + preset.id() + "\"" + rate + "}");
        several.putAll(baseFor(preset.spaces().getFirst()));
        methodProblem.set(change(several));
        showFields();
    }

    /** Lets the method move other parameters. */
    public void chooseSpace(MethodSpec.Space space) {
        if (!locked.get() && file.get() != null) {
            Map<String, String> several = new LinkedHashMap<>();
            several.put("method.space", space.key());
            several.putAll(baseFor(space));
            methodProblem.set(change(several));
            showFields();
        }
    }

    /** Scales exist in a base of blocks alone: they bring one, and take it along when they go. */
    private Map<String, String> baseFor(MethodSpec.Space space) {
        RunSpec spec = file.get().spec();
        boolean blocks = spec.model().base().format().isBlockwise();
        if (space == MethodSpec.Space.SCALES) {
            return blocks ? Map.of() : Map.of("model.base", "int4");
        }
        return spec.method().space() == MethodSpec.Space.SCALES
                ? Map.of("model.base", "null")
                : Map.of();
    }

    /** The preset that the run's method began from; empty where it was put together by hand. */
    public Optional<MethodPreset> preset() {
        return file.get() == null
                ? Optional.empty()
                : MethodCatalogue.find(file.get().spec().method().preset());
    }

    /** Why the method chosen last was refused; empty where it was not. */
    public ReadOnlyStringProperty methodProblemProperty() {
        return methodProblem.getReadOnlyProperty();
    }

    /** Divides the learning rate by ten. */
    public void lowerLearningRate() {
        if (file.get() != null && !locked.get()) {
            double rate = file.get().spec().method().learningRate() / 10;
            change(Setting.LEARNING_RATE.key(), Units.setting(rate));
            showFields();
        }
    }

    private boolean budgetTyped() {
        return file.get() != null && file.get().spec().device().budgetBytes() != null;
    }

    private String change(String key, String value) {
        return change(Map.of(key, value));
    }

    private String change(Map<String, String> several) {
        RunFile before = file.get();
        if (before == null) {
            return "";
        }
        try {
            RunFile after = before.with(several);
            if (after.toJson().equals(before.toJson())) {
                return "";
            }
            remember(several);
            file.set(after);
            applicability();
            if (needsNewPreview(before.spec(), after.spec())) {
                refreshPreview();
            }
            return "";
        } catch (RunFileException e) {
            return RefusalText.atField(e, before.source());
        }
    }

    /** Changes are told in the order they were made; a section set anew undoes what was in it. */
    private void remember(Map<String, String> several) {
        several.forEach(
                (key, value) -> {
                    changes.keySet().removeIf(k -> k.equals(key) || k.startsWith(key + "."));
                    changes.put(key, value);
                });
    }

    private String changeBudget(String text) {
        if (text.isEmpty()) {
            return change(BUDGET_KEY, "null");
        }
        double megabytes;
        try {
            megabytes =
                    Double.parseDouble(
                            text.replaceAll("[ ,_\u00a0]", "").replaceAll("(?i)mi?b$", ""));
        } catch (NumberFormatException e) {
            megabytes = Double.NaN;
        }
        if (!(megabytes >= 1 && megabytes <= 1e9)) {
            return "memory budget is \""
                    + text
                    + "\". Allowed: megabytes, 1 or more; empty for the phone's own budget.";
        }
        return change(BUDGET_KEY, String.valueOf(Math.round(megabytes * Units.MEGABYTE)));
    }

    private static boolean needsNewPreview(RunSpec before, RunSpec after) {
        return !Objects.equals(before.model(), after.model())
                || !Objects.equals(before.data(), after.data())
                || !Objects.equals(before.device(), after.device())
                || !Objects.equals(before.objective(), after.objective());
    }

    private void adopt(RunFile run) {
        file.set(run);
        showFields();
    }

    private void showFields() {
        RunSpec spec = file.get().spec();
        fields.forEach((setting, field) -> field.show(setting.valueIn(spec)));
        Long bytes = spec.device().budgetBytes();
        budget.show(
                bytes == null ? "" : Units.setting(Math.round(bytes / Units.MEGABYTE * 10) / 10.0));
        phoneConditions.show(spec);
        applicability();
    }

    private void applicability() {
        RunSpec spec = file.get().spec();
        phoneConditions.applicable(spec);
        fields.forEach((setting, field) -> field.applicableProperty().set(setting.appliesTo(spec)));
        budget.applicableProperty().set(!spec.device().profile().equals(NO_PHONE) || budgetTyped());
    }

    private void refreshPreview() {
        RunFile run = file.get();
        int number = ++previewNumber;
        tasks.run(
                () -> source.preview(run),
                found -> {
                    // Only the latest question counts: an older, slower answer is about another
                    // run.
                    if (number == previewNumber) {
                        refuse("", "");
                        preview.set(found);
                    }
                },
                failure -> {
                    if (number == previewNumber) {
                        refuse(failure, run.source());
                    }
                });
    }

    private void refuse(Exception failure, String fileName) {
        if (failure instanceof RunFileException e) {
            refuse(e.key(), RefusalText.atCard(e, fileName));
        } else {
            refuse("", String.valueOf(failure.getMessage()));
        }
    }

    private void refuse(String key, String text) {
        problemKey.set(key);
        problem.set(text);
    }

    /** This run as a command for a terminal, every change in it. */
    public String command() {
        return RunCommandLine.of(opened, base, file.get(), changes);
    }

    /** The phones to choose from. */
    public ObservableList<DeviceProfile> phones() {
        return phones;
    }

    /** The phone of the run among {@link #phones}, if it is one of them. */
    public Optional<DeviceProfile> phone() {
        String id = file.get() == null ? NO_PHONE : file.get().spec().device().profile();
        return phones.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    /** Ids of the ready-made runs. */
    public List<String> samples() {
        return source.samples();
    }

    /** The field of a setting. */
    public Field field(Setting setting) {
        return fields.get(setting);
    }

    /** The memory budget in megabytes. */
    public Field budgetField() {
        return budget;
    }

    /** Where the phone lies and what else it does. */
    public PhoneConditionsViewModel phoneConditions() {
        return phoneConditions;
    }

    /** The run as it would start now: every change that could be taken is in it. */
    public ReadOnlyObjectProperty<RunFile> fileProperty() {
        return file.getReadOnlyProperty();
    }

    /** What the run names, looked up; null until that is done the first time. */
    public ReadOnlyObjectProperty<RunPreview> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    /** Why the run cannot be used; empty where it can. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Dotted key of the run file that {@link #problemProperty} is about; empty for none. */
    public ReadOnlyStringProperty problemKeyProperty() {
        return problemKey.getReadOnlyProperty();
    }

    /** True while a run goes on: nothing can be changed then. */
    public BooleanProperty lockedProperty() {
        return locked;
    }

    /** What is still to be chosen before the model is here; empty where it is. */
    StringProperty missingModelProperty() {
        return missingModel;
    }

    /** What is wrong in the first field that is; empty where none is. */
    public StringBinding holdReasonBinding() {
        return holdReason;
    }

    /** True where every field is right. */
    public BooleanBinding readyBinding() {
        return ready;
    }
}
