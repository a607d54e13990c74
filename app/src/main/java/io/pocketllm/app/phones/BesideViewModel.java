package io.pocketllm.app.phones;

import io.pocketllm.app.chart.LineStyle;
import io.pocketllm.app.chart.OverlayChart;
import io.pocketllm.app.chart.OverlayLine;
import io.pocketllm.app.chart.Quantity;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.RunComparison;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * A phone's run beside its simulation: which simulated run, what is drawn of both, how they
 * compare, and the profile that is corrected by that. Follows both runs while they go on.
 */
public final class BesideViewModel {

    /** What can be drawn of both. */
    public static final List<Quantity> QUANTITIES =
            List.of(
                    Quantity.STEP_TIME,
                    Quantity.MEMORY,
                    Quantity.TEMPERATURE,
                    Quantity.TRAINING_LOSS);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final LineStyle SIMULATED = new LineStyle(0);
    private static final LineStyle REAL = new LineStyle(1);

    private final BesideSurroundings around;
    private final ObservableValue<Path> real;
    private final BesideSimulation simulation;
    private final BesideProfile profile;
    private final ObservableList<BesideTwin> twins = FXCollections.observableArrayList();
    private final ObjectProperty<BesideTwin> twin = new SimpleObjectProperty<>();
    private final ObjectProperty<Quantity> quantity =
            new SimpleObjectProperty<>(Quantity.STEP_TIME);
    private final ObjectProperty<XWindow> window = new SimpleObjectProperty<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private final Tasks.Ticker ticker;
    private BesideTail realTail;
    private BesideTail twinTail;
    private RunComparison comparison;
    private Path simulatedOf;
    private boolean looking;
    private boolean unreadable;
    private boolean searching;

    /**
     * @param real the run folder of a run on a phone; null for none
     */
    public BesideViewModel(ObservableValue<Path> real, BesideSurroundings around) {
        this.around = around;
        this.real = real;
        this.profile = new BesideProfile(around.profiles(), around.profilesChanged());
        this.simulation =
                new BesideSimulation(
                        around.launcher(),
                        around.profiles(),
                        around.tasks(),
                        this::simulates,
                        this::simulated);
        real.addListener((p, before, now) -> show(now));
        twin.addListener((p, before, now) -> beside(now));
        ticker = around.tasks().every(LOOK, this::tick);
        show(real.getValue());
    }

    private void show(Path folder) {
        realTail = folder == null ? null : new BesideTail(folder);
        comparison = null;
        window.set(null);
        problem.set("");
        profile.forget();
        twins.clear();
        twin.set(null);
        changed();
        look();
    }

    /** A simulated run is to be held against the phone's. */
    private void beside(BesideTwin chosen) {
        boolean same =
                twinTail != null && chosen != null && twinTail.folder().equals(chosen.folder());
        if (!same) {
            twinTail = chosen == null ? null : new BesideTail(chosen.folder());
            comparison = null;
            changed();
            look();
        }
    }

    private void tick() {
        boolean over =
                realTail == null
                        || realTail.hasEnded() && (twinTail == null || twinTail.hasEnded());
        if (!over) {
            look();
        }
    }

    private record Both(BesideTail.Found real, BesideTail.Found twin) {}

    /** Reads what is new in both folders. */
    private void look() {
        BesideTail first = realTail;
        BesideTail second = twinTail;
        if (first == null || looking) {
            return;
        }
        looking = true;
        around.tasks()
                .run(
                        () -> new Both(first.look(), second == null ? null : second.look()),
                        found -> {
                            looking = false;
                            take(first, second, found);
                        },
                        failure -> {
                            looking = false;
                            if (first == realTail && second == twinTail) {
                                unreadable = true;
                                problem.set(BesideSimulation.words(failure));
                            } else {
                                look();
                            }
                        });
    }

    private void take(BesideTail first, BesideTail second, Both found) {
        if (first != realTail) {
            look();
            return;
        }
        boolean begins = first.file() == null;
        boolean news = first.take(found.real());
        if (second != null && second == twinTail) {
            news |= second.take(found.twin());
        }
        if (begins) {
            search();
        }
        if (news || unreadable) {
            unreadable = false;
            problem.set("");
            compare();
            changed();
        }
        if (second != twinTail) {
            look();
        }
    }

    private void compare() {
        comparison = null;
        if (twinTail == null || twinTail.file() == null) {
            return;
        }
        try {
            comparison =
                    RunComparison.of(
                            realTail.file(),
                            realTail.measurements(),
                            twinTail.file(),
                            twinTail.measurements());
        } catch (PhoneException e) {
            problem.set(BesideSimulation.words(e));
        }
    }

    /** Looks for simulated runs of the same run file; the one that is looked at stays. */
    private void search() {
        BesideTail of = realTail;
        if (of == null || of.file() == null || searching) {
            return;
        }
        searching = true;
        around.tasks()
                .run(
                        () -> BesideTwin.all(around.runs(), of.file()),
                        found -> {
                            searching = false;
                            if (of == realTail) {
                                offer(found);
                            } else {
                                search();
                            }
                        },
                        failure -> {
                            searching = false;
                            problem.set("The runs folder cannot be read: " + failure.getMessage());
                        });
    }

    private void offer(List<BesideTwin> found) {
        Path before = twin.get() == null ? null : twin.get().folder();
        BesideTwin chosen =
                found.stream()
                        .filter(each -> each.folder().equals(before))
                        .findFirst()
                        .or(() -> found.stream().findFirst())
                        .orElse(twin.get());
        twins.setAll(found);
        twin.set(chosen);
        changed();
    }

    /** Makes the phone's run once more on this computer, on the phone's own profile. */
    public void simulate() {
        if (canSimulate()) {
            simulatedOf = real.getValue();
            simulation.start(simulatedOf);
            changed();
        }
    }

    private boolean canSimulate() {
        return real.getValue() != null
                && around.hold().getValue().isEmpty()
                && !simulation.runningProperty().get();
    }

    private void simulates(Path folder) {
        if (simulatedOf.equals(real.getValue())) {
            twin.set(new BesideTwin(folder, "Being simulated"));
        }
    }

    private void simulated(Path folder) {
        look();
        search();
        changed();
    }

    /** Stops the simulation after its step; what there is of it is compared. */
    public void cancel() {
        simulation.cancel();
    }

    /** Saves the simulated phone's profile, corrected by the measured steps. */
    public void recalibrate() {
        if (comparison != null) {
            profile.save(comparison);
            changed();
        }
    }

    /** Takes the last correction back. */
    public void undo() {
        profile.undo();
        changed();
    }

    private void changed() {
        revision.set(revision.get() + 1);
    }

    /** Both runs, as far as they are read: the simulated one first. */
    public List<OverlayLine> lines() {
        List<OverlayLine> lines = new ArrayList<>();
        if (twinTail != null) {
            lines.add(new OverlayLine("simulated", SIMULATED, twinTail.series()));
        }
        if (realTail != null) {
            lines.add(new OverlayLine("this phone", REAL, realTail.series()));
        }
        return lines;
    }

    /** What is drawn now. */
    public OverlayChart.View view() {
        return new OverlayChart.View(quantity.get(), XAxis.STEP, window.get(), null, false);
    }

    /** Both values at a step. */
    public String readOut(double step) {
        StringBuilder text = new StringBuilder(XAxis.STEP.describe(step));
        for (OverlayLine line : lines()) {
            double value = line.at(quantity.get(), XAxis.STEP, step).mean();
            if (Double.isFinite(value)) {
                text.append('\n').append(line.name()).append("  ");
                text.append(quantity.get().print(value));
            }
        }
        return text.toString();
    }

    /** How the two compare; null before that is known. */
    public RunComparison comparison() {
        return comparison;
    }

    /** What the card says and offers. */
    public BesideWords words() {
        return BesideWords.of(
                real.getValue() != null,
                twinTail != null,
                Objects.requireNonNullElse(quantity.get(), Quantity.STEP_TIME),
                comparison,
                profile,
                canSimulate(),
                around.hold().getValue());
    }

    /** Whether the phone's run is being simulated here: nothing else can be trained meanwhile. */
    public ReadOnlyBooleanProperty simulatingProperty() {
        return simulation.runningProperty();
    }

    /** How far the simulation is, 0 to 1; below 0 before its first step. */
    public ReadOnlyDoubleProperty progressProperty() {
        return simulation.progressProperty();
    }

    /** The same in words; empty where none goes on. */
    public ReadOnlyStringProperty progressTextProperty() {
        return simulation.textProperty();
    }

    /** Why the last simulation did not come to its end; empty where it did. */
    public ReadOnlyStringProperty simulationProblemProperty() {
        return simulation.problemProperty();
    }

    /** Why the two cannot be compared; empty where they can. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Why no run can be started here now; empty where one can. */
    public ObservableValue<String> holdProperty() {
        return around.hold();
    }

    /** Simulated runs of the same run file, the newest first. */
    public ObservableList<BesideTwin> twins() {
        return twins;
    }

    /** The one that is held against the phone's run; null for none. */
    public ObjectProperty<BesideTwin> twinProperty() {
        return twin;
    }

    /** What is drawn. */
    public ObjectProperty<Quantity> quantityProperty() {
        return quantity;
    }

    /** The steps that are shown; null for all. */
    public ObjectProperty<XWindow> windowProperty() {
        return window;
    }

    /** Rises whenever there is something else to show. */
    public ReadOnlyIntegerProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    /** Ends what goes on; the window closes. */
    public void close() {
        ticker.stop();
        simulation.close();
    }
}
