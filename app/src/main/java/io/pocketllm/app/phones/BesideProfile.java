package io.pocketllm.app.phones;

import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.phone.ComparisonText;
import io.pocketllm.phone.Recalibration;
import io.pocketllm.phone.RunComparison;
import java.io.IOException;

/** The profile that was corrected last, until it is taken back. Files are a few KiB. */
final class BesideProfile {

    private final UserProfiles profiles;
    private final Runnable changed;
    private Recalibration saved;
    private String problem = "";

    /**
     * @param changed called when a person's profiles are others
     */
    BesideProfile(UserProfiles profiles, Runnable changed) {
        this.profiles = profiles;
        this.changed = changed;
    }

    void save(RunComparison comparison) {
        try {
            String id = Recalibration.idFor(profiles, comparison.profile());
            Recalibration now = Recalibration.save(profiles, comparison, id, true);
            // Corrected twice, the undo goes back to before the first time.
            saved =
                    saved != null && saved.profile().id().equals(id)
                            ? new Recalibration(now.profile(), now.oldFactor(), saved.before())
                            : now;
            problem = "";
            changed.run();
        } catch (DeviceProfileException | IOException e) {
            problem = "The profile cannot be saved: " + BesideSimulation.words(e);
        }
    }

    void undo() {
        if (saved == null) {
            return;
        }
        try {
            saved.undo(profiles);
            saved = null;
            problem = "";
            changed.run();
        } catch (DeviceProfileException | IOException e) {
            problem = "It cannot be taken back: " + BesideSimulation.words(e);
        }
    }

    /** Another run is looked at; what was saved stays. */
    void forget() {
        saved = null;
        problem = "";
    }

    /** What was saved; empty for nothing. */
    String text() {
        return saved == null
                ? ""
                : "Saved as your phone \""
                        + saved.profile().id()
                        + "\": step time factor "
                        + ComparisonText.factor(saved.profile().stepTimeFactor())
                        + ", before "
                        + ComparisonText.factor(saved.oldFactor())
                        + ".";
    }

    boolean canUndo() {
        return saved != null;
    }

    /** Whether this correction is the one that is saved. */
    boolean holds(RunComparison comparison) {
        return saved != null && saved.profile().stepTimeFactor() == comparison.factor();
    }

    String problem() {
        return problem;
    }
}
