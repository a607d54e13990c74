package io.pocketllm.app.phones;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.RunFile;
import java.util.List;
import javafx.beans.value.ObservableValue;

/**
 * What the place of phones is made over.
 *
 * @param engine asks the phones
 * @param profiles where what was read is saved
 * @param known phones of the workbench, by whose model codes a phone gets its name
 * @param setUp the run that is set up; null before there is one
 * @param hold why that run cannot be started as it is; empty where it can
 * @param adb keeps the adb program a person chose
 */
public record PhoneSurroundings(
        PhoneEngine engine,
        Tasks tasks,
        Dialogs dialogs,
        OwnProfiles profiles,
        List<DeviceProfile> known,
        ObservableValue<RunFile> setUp,
        ObservableValue<String> hold,
        KeptText adb) {

    /** A small text that outlives the window. */
    public interface KeptText {
        /** Empty for nothing. */
        String get();

        /** Keeps another. */
        void put(String text);

        /** Forgets it when the window closes. */
        static KeptText untilClosed() {
            String[] kept = {""};
            return new KeptText() {
                @Override
                public String get() {
                    return kept[0];
                }

                @Override
                public void put(String text) {
                    kept[0] = text;
                }
            };
        }
    }
}
