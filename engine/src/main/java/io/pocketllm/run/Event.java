package io.pocketllm.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/**
 * One thing that happened in a run: a line of {@code events.ndjson}, a line of the worker's
 * standard output, and what every listener (run folder, terminal, window, phone) receives.
 *
 * <p>Every number says its unit in its name. {@code elapsedMillis} counts from the start of the
 * worker, on this computer's clock. Readers ignore fields they do not know; writers never remove
 * one within a version of the run file.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Preparing.class, name = "preparing"),
    @JsonSubTypes.Type(value = Event.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Event.Step.class, name = "step"),
    @JsonSubTypes.Type(value = Event.Evaluated.class, name = "evaluated"),
    @JsonSubTypes.Type(value = Event.Reference.class, name = "reference"),
    @JsonSubTypes.Type(value = Event.Memory.class, name = "memory"),
    @JsonSubTypes.Type(value = Event.Phone.class, name = "phone"),
    @JsonSubTypes.Type(value = Event.Prediction.class, name = "prediction"),
    @JsonSubTypes.Type(value = Event.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = Event.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = Event.Warning.class, name = "warning"),
    @JsonSubTypes.Type(value = Event.Killed.class, name = "killed"),
    @JsonSubTypes.Type(value = Event.Diverged.class, name = "diverged"),
    @JsonSubTypes.Type(value = Event.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = Event.Failed.class, name = "failed"),
})
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Event {

    /** Milliseconds since the worker started. */
    long elapsedMillis();

    /** True for the last event of a run: nothing follows it. Not part of the line. */
    @JsonIgnore
    default boolean isLast() {
        return this instanceof Killed
                || this instanceof Diverged
                || this instanceof Finished
                || this instanceof Failed;
    }

    /**
     * Work before the first step.
     *
     * @param phase what is being done, for people: "Loading the model"
     * @param fraction how far that phase is, 0 to 1, or null where it cannot be known
     */
    record Preparing(long elapsedMillis, String phase, Double fraction) implements Event {}

    /**
     * The run is loaded and begins.
     *
     * @param time when, ISO-8601 with offset
     * @param modelDescription one line about the model that was loaded
     * @param parameters numbers in the model
     * @param trainableParameters numbers the method moves
     * @param labels class names in the order of the logits
     * @param heldOutExamples examples in the split that {@link Evaluated} is measured on
     * @param steps steps planned
     * @param firstStep the first step this worker takes (above 1 after a resume)
     * @param deviceName name of the simulated phone
     * @param budgetBytes memory the phone grants the run, bytes; 0 where there is no limit
     * @param killLineBytes resident set above which the run is really killed: the budget less what
     *     other programs defend, plus what zRAM gains; 0 where there is no limit
     * @param limit who holds the run to it, see {@link MemoryLimit}; null in runs of an older
     *     version
     * @param cores cores of this computer it is bound to; 0 where it may use all
     * @param calibration what the phone's clock goes by, see {@link Calibration}; null where no
     *     phone's clock runs
     */
    record Started(
            long elapsedMillis,
            String time,
            String runName,
            String modelName,
            String modelDescription,
            long parameters,
            long trainableParameters,
            String dataName,
            List<String> labels,
            int trainExamples,
            int heldOutExamples,
            String method,
            int steps,
            int firstStep,
            String deviceName,
            long budgetBytes,
            int threads,
            long killLineBytes,
            String limit,
            int cores,
            String calibration)
            implements Event {

        /** As the worker knows it: what limits it, its parent adds. */
        public Started(
                long elapsedMillis,
                String time,
                String runName,
                String modelName,
                String modelDescription,
                long parameters,
                long trainableParameters,
                String dataName,
                List<String> labels,
                int trainExamples,
                int heldOutExamples,
                String method,
                int steps,
                int firstStep,
                String deviceName,
                long budgetBytes,
                int threads) {
            this(
                    elapsedMillis,
                    time,
                    runName,
                    modelName,
                    modelDescription,
                    parameters,
                    trainableParameters,
                    dataName,
                    labels,
                    trainExamples,
                    heldOutExamples,
                    method,
                    steps,
                    firstStep,
                    deviceName,
                    budgetBytes,
                    threads,
                    0,
                    null,
                    0,
                    null);
        }

        /** The same with the limits that the run really has. */
        public Started withLimits(long newKillLineBytes, String newLimit, int newCores) {
            return new Started(
                    elapsedMillis,
                    time,
                    runName,
                    modelName,
                    modelDescription,
                    parameters,
                    trainableParameters,
                    dataName,
                    labels,
                    trainExamples,
                    heldOutExamples,
                    method,
                    steps,
                    firstStep,
                    deviceName,
                    budgetBytes,
                    threads,
                    newKillLineBytes,
                    newLimit,
                    newCores,
                    calibration);
        }
    }

    /**
     * One optimiser step.
     *
     * @param step 1 for the first
     * @param lossPlus mean loss of the batch at the point perturbed forward, nats
     * @param lossMinus the same at the point perturbed backward
     * @param projectedGradient measured slope along the direction; the mean size where a step draws
     *     several
     * @param stepMillis wall time of the step on this computer
     * @param phoneMillis predicted time of the step on the phone; null where no phone is simulated
     * @param tokens tokens of the batch, padding not counted
     * @param heapBytes Java heap in use in the worker
     */
    record Step(
            long elapsedMillis,
            int step,
            double lossPlus,
            double lossMinus,
            double projectedGradient,
            double learningRate,
            double stepMillis,
            Double phoneMillis,
            int tokens,
            long heapBytes)
            implements Event {

        /** The training loss of this step: the mean of the two probes, nats. */
        public double loss() {
            return (lossPlus + lossMinus) / 2;
        }
    }

    /**
     * Held-out loss and accuracy at the unperturbed parameters.
     *
     * @param step steps taken so far; 0 is the zero-shot start
     * @param split which part of the data: "validation" while training, "test" once at the end
     * @param loss mean loss, nats
     * @param accuracy share of right answers, 0 to 1; for generation the share of answers given
     *     word for word
     * @param macroF1 mean F1 over the classes, 0 to 1; null where there are no classes
     * @param perplexity e to the mean loss of an answer's token; null where no tokens are predicted
     */
    record Evaluated(
            long elapsedMillis,
            int step,
            String split,
            double loss,
            double accuracy,
            int examples,
            Double macroF1,
            Double perplexity)
            implements Event {

        /** Loss and accuracy alone. */
        public Evaluated(
                long elapsedMillis,
                int step,
                String split,
                double loss,
                double accuracy,
                int examples) {
            this(elapsedMillis, step, split, loss, accuracy, examples, null, null);
        }
    }

    /**
     * A first-order result to hold the run against, measured once on the same data.
     *
     * @param method what was trained, for people
     * @param split the split it was measured on
     * @param accuracy 0 to 1
     */
    record Reference(long elapsedMillis, String method, String split, double loss, double accuracy)
            implements Event {}

    /**
     * Memory of the worker process.
     *
     * @param rssBytes resident set, as the operating system counts it
     * @param heapBytes Java heap in use as the worker last said, 0 before it said so
     * @param budgetBytes the phone's limit; 0 where there is none
     */
    record Memory(long elapsedMillis, long rssBytes, long heapBytes, long budgetBytes)
            implements Event {}

    /**
     * State of the phone: of a simulated one a few times a second at most; of a real one twice a
     * minute, with null for what it does not tell.
     *
     * @param step the last step that was finished
     * @param phoneElapsedMillis time the run has taken on the phone so far: preparation, steps,
     *     evaluations and pauses, those of the workers before this one too
     * @param temperatureCelsius of the skin, or of what {@code temperatureOf} says
     * @param clockFraction share of the top clock that it allows now, above 0 to 1
     * @param throttleStep how many of the profile's throttle steps are taken; 0 for none
     * @param batteryPercent charge left, 0 to 100
     * @param joules what the phone has drawn in all this time
     * @param charging whether a charger is connected
     * @param pausedBy why the phone makes the run wait, see {@link PauseReason}; null where it runs
     * @param thermalStatus Android's 0 to 6, throttling from 1 on; null on a simulated phone
     * @param temperatureOf {@code "battery"} where it is the battery's; null for the skin's
     */
    record Phone(
            long elapsedMillis,
            int step,
            double phoneElapsedMillis,
            Double temperatureCelsius,
            Double clockFraction,
            Integer throttleStep,
            Double batteryPercent,
            Double joules,
            Boolean charging,
            String pausedBy,
            Integer thermalStatus,
            String temperatureOf)
            implements Event {

        /** Whether all of it is worked out, and nothing measured. */
        @JsonIgnore
        public boolean isSimulated() {
            return temperatureCelsius != null
                    && clockFraction != null
                    && throttleStep != null
                    && batteryPercent != null
                    && joules != null
                    && charging != null;
        }
    }

    /**
     * What the model thinks of a text that a person asked about with {@link PredictCommand}.
     *
     * <p>Told to whoever listens and not kept in the run folder: the text is a person's own.
     *
     * @param id the asker's own number of the question
     * @param text the text that was asked about
     * @param step steps taken before the answer
     * @param probabilities label to probability, in the order of the labels; null where there is
     *     none to tell
     * @param startProbabilities the same at the parameters before the first step; null where they
     *     are not at hand
     * @param note why one of the two is missing, for people; null where nothing is
     */
    record Prediction(
            long elapsedMillis,
            long id,
            String text,
            int step,
            Map<String, Double> probabilities,
            Map<String, Double> startProbabilities,
            String note)
            implements Event {}

    /**
     * The run waits after finishing a step.
     *
     * @param reason why, see {@link PauseReason}; null where a person asked for it
     */
    record Paused(long elapsedMillis, int step, String reason) implements Event {

        /** A person asked for it. */
        public Paused(long elapsedMillis, int step) {
            this(elapsedMillis, step, null);
        }
    }

    /**
     * The run goes on after a pause.
     *
     * @param reason what it had waited for, as in {@link Paused}
     */
    record Resumed(long elapsedMillis, int step, String reason) implements Event {

        /** After a person's pause. */
        public Resumed(long elapsedMillis, int step) {
            this(elapsedMillis, step, null);
        }
    }

    /** Something the person should know; the run goes on. */
    record Warning(long elapsedMillis, String message, String hint) implements Event {}

    /**
     * The simulated phone's low-memory killer ended the worker.
     *
     * @param why one sentence for people
     * @param rssBytes the resident set that was seen
     * @param budgetBytes memory the phone grants the run
     * @param step the last step that was finished
     * @param killLineBytes what the resident set was over; see {@link Started}. 0 in runs of an
     *     older version, where it was {@code budgetBytes}
     * @param limit who ended it, {@link MemoryLimit#POLLED} or {@link MemoryLimit#CGROUP}; null in
     *     runs of an older version
     */
    record Killed(
            long elapsedMillis,
            String why,
            String hint,
            long rssBytes,
            long budgetBytes,
            int step,
            long killLineBytes,
            String limit)
            implements Event {

        /** Killed after a reading over the budget itself. */
        public Killed(
                long elapsedMillis,
                String why,
                String hint,
                long rssBytes,
                long budgetBytes,
                int step) {
            this(
                    elapsedMillis,
                    why,
                    hint,
                    rssBytes,
                    budgetBytes,
                    step,
                    budgetBytes,
                    MemoryLimit.POLLED);
        }
    }

    /** The loss left the numbers: not finite. */
    record Diverged(long elapsedMillis, int step, String message, String hint) implements Event {}

    /**
     * The run ended by itself or was stopped.
     *
     * @param step steps taken
     * @param stopped true where a person or a signal ended it before the planned steps
     * @param accuracy held-out accuracy at the end, 0 to 1
     * @param startAccuracy the same before the first step
     * @param phoneElapsedMillis time the whole run took on the phone; null, as the three that
     *     follow, where none is simulated
     * @param batteryUsedPercent charge at the start less charge at the end; below 0 where a charger
     *     gave more than the run took
     * @param joules what the phone drew
     * @param hottestCelsius the skin's highest temperature
     */
    record Finished(
            long elapsedMillis,
            int step,
            boolean stopped,
            Double loss,
            Double accuracy,
            Double startAccuracy,
            Double testAccuracy,
            long peakRssBytes,
            Double phoneElapsedMillis,
            Double batteryUsedPercent,
            Double joules,
            Double hottestCelsius)
            implements Event {

        /** Without a simulated phone. */
        public Finished(
                long elapsedMillis,
                int step,
                boolean stopped,
                Double loss,
                Double accuracy,
                Double startAccuracy,
                Double testAccuracy,
                long peakRssBytes) {
            this(
                    elapsedMillis,
                    step,
                    stopped,
                    loss,
                    accuracy,
                    startAccuracy,
                    testAccuracy,
                    peakRssBytes,
                    null,
                    null,
                    null,
                    null);
        }

        /** The same with what the phone has to say. */
        Finished withPhone(
                double newPhoneElapsedMillis,
                double newBatteryUsedPercent,
                double newJoules,
                double newHottestCelsius) {
            return new Finished(
                    elapsedMillis,
                    step,
                    stopped,
                    loss,
                    accuracy,
                    startAccuracy,
                    testAccuracy,
                    peakRssBytes,
                    newPhoneElapsedMillis,
                    newBatteryUsedPercent,
                    newJoules,
                    newHottestCelsius);
        }

        /** The same with the most memory that was seen from outside. */
        public Finished withPeak(long newPeakRssBytes) {
            return new Finished(
                    elapsedMillis,
                    step,
                    stopped,
                    loss,
                    accuracy,
                    startAccuracy,
                    testAccuracy,
                    newPeakRssBytes,
                    phoneElapsedMillis,
                    batteryUsedPercent,
                    joules,
                    hottestCelsius);
        }
    }

    /** The run could not go on. */
    record Failed(long elapsedMillis, String message, String hint) implements Event {}
}
