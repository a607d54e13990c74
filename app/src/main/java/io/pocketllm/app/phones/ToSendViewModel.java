package io.pocketllm.app.phones;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.text.Units;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunSpec;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * What can be sent: the run that is set up with its sizes, and finished runs. The same for all
 * phones. Looked up only while somebody looks.
 */
public final class ToSendViewModel {

    /** So many finished runs are offered; another folder can be chosen besides. */
    private static final int MOST_LEARNED = 12;

    /**
     * The run that is set up.
     *
     * @param file the run
     * @param words name, model, method and steps
     * @param sizes bytes of each kind; empty until they are known
     * @param trouble why it cannot be sent
     */
    public record SetUp(
            RunFile file, String words, Map<TransferKind, Long> sizes, Trouble trouble) {}

    private final PhoneEngine engine;
    private final Tasks tasks;
    private final ObservableValue<RunFile> file;
    private final ObservableValue<String> hold;
    private final ReadOnlyObjectWrapper<SetUp> setUp =
            new ReadOnlyObjectWrapper<>(new SetUp(null, "", Map.of(), Trouble.NONE));
    private final ObservableList<PhoneEngine.Learned> learned = FXCollections.observableArrayList();
    private int number;

    ToSendViewModel(PhoneSurroundings around) {
        engine = around.engine();
        tasks = around.tasks();
        file = around.setUp();
        hold = around.hold();
    }

    /** Looks both up anew. */
    void refresh() {
        refreshSetUp();
        tasks.run(
                engine::learned,
                found -> learned.setAll(found.subList(0, Math.min(MOST_LEARNED, found.size()))),
                problem -> learned.clear());
    }

    /** Looks the run that is set up up anew. */
    void refreshSetUp() {
        RunFile run = file.getValue();
        int mine = ++number;
        if (run != null) {
            SetUp before = setUp.get();
            setUp.set(
                    new SetUp(
                            run,
                            words(run),
                            run.equals(before.file()) ? before.sizes() : Map.of(),
                            held()));
            tasks.run(
                    () -> engine.sizes(run),
                    sizes -> settle(mine, new SetUp(run, words(run), sizes, held())),
                    problem ->
                            settle(
                                    mine,
                                    new SetUp(run, words(run), Map.of(), Trouble.of(problem))));
        }
    }

    private void settle(int of, SetUp found) {
        if (of == number) {
            setUp.set(found);
        }
    }

    private Trouble held() {
        return hold.getValue() == null || hold.getValue().isEmpty()
                ? Trouble.NONE
                : new Trouble("The run in Train is not ready: " + hold.getValue(), "");
    }

    private static String words(RunFile run) {
        RunSpec spec = run.spec();
        return spec.name()
                + " · "
                + model(run)
                + " · "
                + spec.method().describe()
                + " · "
                + Units.plural(spec.training().steps(), "step");
    }

    /** The model's own name. */
    static String model(RunFile run) {
        String path = run.spec().model().path().replace('\\', '/');
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.replaceFirst("^builtin:", "");
    }

    /** The run as it is set up at this moment; null for none. */
    RunFile file() {
        return file.getValue();
    }

    /** The run that is set up, with what is known of it. */
    public ReadOnlyObjectProperty<SetUp> setUpProperty() {
        return setUp.getReadOnlyProperty();
    }

    /** The newest finished runs made here. */
    public ObservableList<PhoneEngine.Learned> learned() {
        return learned;
    }
}
