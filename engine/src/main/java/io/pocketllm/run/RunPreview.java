package io.pocketllm.run;

import io.pocketllm.device.DeviceProfile;
import java.util.List;

/**
 * What a run file names, looked up before anything starts: shown on the setup cards and in the
 * terminal's first lines.
 *
 * @param modelName name of the model
 * @param modelDescription such as "BERT encoder, 6 layers, 22.7 M parameters, fp32"
 * @param parameters numbers in the model
 * @param dataName name of the data set
 * @param trainExamples examples to learn from
 * @param validationExamples held-out examples measured while training
 * @param testExamples held-out examples measured once at the end
 * @param labels class names in the order of the logits
 * @param device the simulated phone's profile, or null where the run names none
 * @param budgetBytes the memory limit in force; 0 where there is none
 * @param threads threads of the forward passes
 */
public record RunPreview(
        String modelName,
        String modelDescription,
        long parameters,
        String dataName,
        int trainExamples,
        int validationExamples,
        int testExamples,
        List<String> labels,
        DeviceProfile device,
        long budgetBytes,
        int threads) {}
