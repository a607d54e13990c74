package io.pocketllm.app.fits;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.plan.DeviceFit;
import io.pocketllm.plan.FitTable;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.RowLength;
import io.pocketllm.plan.TimeBasis;
import io.pocketllm.plan.TrainingWay;
import io.pocketllm.run.ModelSummary;
import io.pocketllm.run.PlannedRun;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/**
 * What fits where: the models at hand and published ones, each trained in the usual ways, against
 * phones. Batch, length and objective are those of the run that is set up. One model after the
 * other is worked out in the background, so rows come as they are known.
 */
public final class FitsViewModel {

    /** Looks into the files of a model. */
    @FunctionalInterface
    public interface Models {
        /** A summary of a path or {@code builtin:NAME}; may take seconds. */
        ModelSummary read(String path) throws ModelException;
    }

    /**
     * The cell a person looks at.
     *
     * @param row its row
     * @param fit what becomes of it on the column's phone
     */
    public record Cell(FitRow row, DeviceFit fit) {}

    /**
     * What the table is made from.
     *
     * @param run the run that is set up
     * @param paths models with files, the run's own first
     * @param times what times are reckoned from
     */
    private record Question(RunFile run, List<String> paths, TimeBasis times) {
        boolean isSame(Question other) {
            return other != null
                    && run.toJson().equals(other.run.toJson())
                    && paths.equals(other.paths)
                    && times.equals(other.times);
        }
    }

    private static final int MOST_PHONES_AT_FIRST = 6;

    private final FitModels models;
    private final ObservableList<DeviceProfile> phones;
    private final Function<RunFile, TimeBasis> times;
    private final Tasks tasks;
    private final ObservableList<FitRow> rows = FXCollections.observableArrayList();
    private final FilteredList<FitRow> shown = new FilteredList<>(rows);
    private final ObservableList<DeviceProfile> columns = FXCollections.observableArrayList();
    private final StringProperty filter = new SimpleStringProperty("");
    private final ObjectProperty<Cell> cell = new SimpleObjectProperty<>();
    private final ObjectProperty<CellQuantity> quantity =
            new SimpleObjectProperty<>(CellQuantity.MEMORY);
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(1);
    private final ReadOnlyStringWrapper progressText = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper basis = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper timeBasis = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Question asked;
    private volatile int number;

    /**
     * @param phones the phones to choose columns from
     * @param times what the times of a run are reckoned from
     */
    public FitsViewModel(
            Models models,
            List<DeviceProfile> phones,
            Function<RunFile, TimeBasis> times,
            Tasks tasks) {
        this.models = new FitModels(models);
        this.phones = FXCollections.observableArrayList(phones);
        this.times = times;
        this.tasks = tasks;
        filter.addListener(
                (p, before, now) ->
                        shown.setPredicate(now.isBlank() ? null : row -> row.matches(now)));
    }

    /**
     * Works the table out for a run, unless it shows just that already.
     *
     * @param paths models with files, the run's own first
     */
    public void show(RunFile run, List<String> paths) {
        Question question = new Question(run, List.copyOf(paths), times.apply(run));
        if (columns.isEmpty()) {
            columns.setAll(atFirst(run.spec().device().profile()));
        }
        if (question.isSame(asked)) {
            return;
        }
        asked = question;
        int mine = ++number;
        rows.clear();
        cell.set(null);
        problem.set("");
        RunSpec spec = run.spec();
        basis.set(
                "batch "
                        + spec.training().batchSize()
                        + " × "
                        + spec.data().maxTokens()
                        + " tokens, as set up in Train");
        timeBasis.set(
                "batch "
                        + spec.training().batchSize()
                        + ", "
                        + question.times()
                                .rows()
                                .orElse(new RowLength(spec.data().maxTokens(), false))
                                .words());
        next(mine, question, FitModels.all(paths), 0);
    }

    /** The run's own phone, and one of each budget there is. */
    private List<DeviceProfile> atFirst(String own) {
        List<DeviceProfile> chosen = new ArrayList<>();
        phones.stream().filter(p -> p.id().equals(own)).forEach(chosen::add);
        for (DeviceProfile phone : phones) {
            boolean another =
                    chosen.stream().noneMatch(c -> near(c.budgetBytes(), phone.budgetBytes()));
            if (another && chosen.size() < MOST_PHONES_AT_FIRST) {
                chosen.add(phone);
            }
        }
        chosen.sort(Comparator.comparingLong(DeviceProfile::budgetBytes));
        return chosen;
    }

    private static boolean near(long a, long b) {
        return Math.abs(a - b) < 0.01 * a;
    }

    private void next(int mine, Question question, List<FitModels.Key> keys, int index) {
        progress.set((double) index / keys.size());
        progressText.set(
                index == keys.size() ? "" : "Planning model " + (index + 1) + " of " + keys.size());
        if (index == keys.size()) {
            return;
        }
        FitModels.Key key = keys.get(index);
        tasks.run(
                () -> mine == number ? rowsOf(question, key, index == 0) : List.<FitRow>of(),
                found -> {
                    if (mine == number) {
                        rows.addAll(found);
                        next(mine, question, keys, index + 1);
                    }
                },
                failure -> {
                    if (mine == number) {
                        problem.set(
                                (problem.get() + "\n" + key.name() + ": " + failure.getMessage())
                                        .strip());
                        next(mine, question, keys, index + 1);
                    }
                });
    }

    private List<FitRow> rowsOf(Question question, FitModels.Key key, boolean own)
            throws ModelException {
        FitModel model = models.of(key);
        ModelInfo info = model.info();
        PlanRequest template = PlannedRun.request(question.run().spec(), info);
        List<TrainingWay> ways = new ArrayList<>();
        if (own) {
            ways.add(new TrainingWay.ForwardOnly(model.name(), template));
        }
        ways.addAll(TrainingWay.usual(model.name(), template));
        List<FitTable.Row> table = FitTable.of(ways, phones, question.times()).rows();
        List<FitRow> found = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            found.add(new FitRow(model, table.get(i), own && i == 0));
        }
        return found;
    }

    /** Shows or hides a phone's column; the last one stays. */
    public void showPhone(DeviceProfile phone, boolean wanted) {
        List<DeviceProfile> now = new ArrayList<>(columns);
        now.remove(phone);
        if (wanted) {
            now.add(phone);
        }
        if (!now.isEmpty()) {
            now.sort(Comparator.comparingLong(DeviceProfile::budgetBytes));
            columns.setAll(now);
        }
    }

    /** Every phone a column, or only one of each budget again. */
    public void showAllPhones(boolean all) {
        List<DeviceProfile> now =
                new ArrayList<>(
                        all
                                ? phones
                                : atFirst(
                                        asked == null
                                                ? ""
                                                : asked.run().spec().device().profile()));
        now.sort(Comparator.comparingLong(DeviceProfile::budgetBytes));
        columns.setAll(now);
    }

    /** All phones there are. */
    public ObservableList<DeviceProfile> phones() {
        return phones;
    }

    /** Other phones from now on; the table is worked out anew when it is shown next. */
    public void usePhones(List<DeviceProfile> now) {
        if (!phones.equals(now)) {
            phones.setAll(now);
            columns.removeIf(phone -> !now.contains(phone));
            asked = null;
        }
    }

    /** The phones that have a column. */
    public ObservableList<DeviceProfile> columns() {
        return columns;
    }

    /** All rows that are known. */
    public ObservableList<FitRow> rows() {
        return rows;
    }

    /** The rows that {@link #filterProperty} lets through. */
    public FilteredList<FitRow> shown() {
        return shown;
    }

    /** Words that a row must have in model, base or method. */
    public StringProperty filterProperty() {
        return filter;
    }

    /** The cell whose parts are shown; null for none. */
    public ObjectProperty<Cell> cellProperty() {
        return cell;
    }

    /** What the cells tell. */
    public ObjectProperty<CellQuantity> quantityProperty() {
        return quantity;
    }

    /** How much of the table is known, from 0 to 1. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** What is being worked out; empty where all is known. */
    public ReadOnlyStringProperty progressTextProperty() {
        return progressText.getReadOnlyProperty();
    }

    /** Batch and length that the table's memory is for. */
    public ReadOnlyStringProperty basisProperty() {
        return basis.getReadOnlyProperty();
    }

    /** Batch and length that the table's times are for. */
    public ReadOnlyStringProperty timeBasisProperty() {
        return timeBasis.getReadOnlyProperty();
    }

    /** Models that could not be looked into, a line each; empty for none. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
