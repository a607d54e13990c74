package io.pocketllm.app.shell;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.text.Units;
import io.pocketllm.device.HostMeter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * How busy this computer is, in words, looked at every two seconds: a busy one makes every measured
 * time worthless.
 */
public final class HostLoad {

    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final Tasks tasks;
    private final Callable<HostMeter.Reading> meter;
    private boolean asking;

    /**
     * @param meter takes a reading; called off the window's thread
     */
    public HostLoad(Tasks tasks, Callable<HostMeter.Reading> meter) {
        this.tasks = tasks;
        this.meter = meter;
        tasks.every(Duration.ofSeconds(2), this::ask);
    }

    /**
     * Reads the real computer; the meter's library is loaded with the first reading and not before.
     */
    public static Callable<HostMeter.Reading> realMeter() {
        HostMeter[] meter = new HostMeter[1];
        return () -> {
            if (meter[0] == null) {
                meter[0] = new HostMeter();
            }
            return meter[0].read();
        };
    }

    private void ask() {
        if (asking) {
            return;
        }
        asking = true;
        tasks.run(
                meter,
                reading -> {
                    asking = false;
                    text.set(words(reading));
                },
                // Left asking: a meter that does not work here is not tried for ever.
                failure -> text.set(""));
    }

    static String words(HostMeter.Reading reading) {
        return String.format(
                Locale.ROOT,
                "this computer: %s %s · %.1f of %s",
                Units.plural(reading.logicalCores(), "core"),
                Units.wholePercent(reading.cpuLoad()),
                reading.usedBytes() / 1e9,
                Units.gigabytes(reading.totalBytes()));
    }

    /** Such as "this computer: 2 cores 96 % · 5.1 of 24 GB"; empty before the first reading. */
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }
}
