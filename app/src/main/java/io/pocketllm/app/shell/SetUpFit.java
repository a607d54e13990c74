package io.pocketllm.app.shell;

import io.pocketllm.app.fits.FitModel;
import io.pocketllm.app.fits.FitRow;
import io.pocketllm.app.setup.ModelViewModel;
import io.pocketllm.app.setup.SetupViewModel;
import java.util.ArrayList;
import java.util.List;

/** From a row of the table of what fits to a run that is set up, and back. */
final class SetUpFit {

    private SetUpFit() {}

    /** Models with files: the run's own first, the built-in one, those used last. */
    static List<String> modelsAtHand(ModelViewModel model) {
        List<String> paths = new ArrayList<>();
        if (model.hasFiles()) {
            paths.add(model.path());
        }
        paths.add(ModelViewModel.BUILTIN);
        paths.addAll(model.recent());
        return paths;
    }

    /**
     * Puts model, base, method and phone of a row into the run.
     *
     * @param phone the phone's id
     * @return what was done or refused, for the person
     */
    static String of(FitRow row, String phone, SetupViewModel setup, ModelViewModel model) {
        double rate = setup.fileProperty().get().spec().method().learningRate();
        String refused = setup.apply(row.changes(phone, rate));
        if (!refused.isEmpty()) {
            return refused;
        }
        FitModel wanted = row.source();
        if (!wanted.hasFiles()) {
            model.chooseShape(wanted.name(), wanted.info());
            return "Set up. Choose the model folder of " + wanted.name() + " next.";
        }
        if (!wanted.path().equals(model.path())) {
            model.choose(wanted.path());
        }
        return "Set up: " + row.model() + ", " + row.way() + ".";
    }
}
